import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Faults } from '../../protocol.ts';

type Numbers = 'latencyMs' | 'copies' | 'delayMs' | 'fileMs';
type Shares = 'failBefore' | 'dropAfter' | 'rateLimited';
type Flags = 'hang' | 'revoked';

/** The fields of the faults panel. A change takes effect when the field is left. */
export interface FaultFields {
  number(name: Numbers, label: string, unit: string, most: number): VNode;
  /** Shown in percent. */
  share(name: Shares, label: string): VNode;
  flag(name: Flags, label: string): VNode;
}

const changed = ({ currentTarget }: Event) => currentTarget as HTMLInputElement;

/** Fields that show `faults` and hand on what is changed in them. */
export const faultField = (
  faults: Faults,
  set: (change: Partial<Faults>) => void,
): FaultFields => ({
  number: (name, label, unit, most) =>
    html`<label class="fault"><span>${label}</span>
      <input type="number" min=${name === 'copies' ? 1 : 0} max=${most} step="1" value=${faults[name]}
        onChange=${(event: Event) => set({ [name]: changed(event).valueAsNumber || 0 })} />
      <span class="unit">${unit}</span></label>`,
  share: (name, label) =>
    html`<label class="fault"><span>${label}</span>
      <input type="number" min="0" max="100" step="5" value=${Math.round(faults[name] * 100)}
        onChange=${(event: Event) => set({ [name]: (changed(event).valueAsNumber || 0) / 100 })} />
      <span class="unit">%</span></label>`,
  flag: (name, label) =>
    html`<label class="fault"><span>${label}</span>
      <input type="checkbox" checked=${faults[name]}
        onChange=${(event: Event) => set({ [name]: changed(event).checked })} /></label>`,
});
