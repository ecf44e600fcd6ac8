import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Traffic } from '../../protocol.ts';
import { secondText } from '../text/clock.ts';

const directions: Record<Traffic['direction'], string> = {
  'to-app': '→ to app',
  'from-app': '← from app',
};

/** Whether an outcome is what one hopes for. */
const wentWell = (outcome: string): boolean => /^(ok|2\d\d)\b/.test(outcome);

/** One line of the inspector. */
export const trafficLine = (
  { seq, at, direction, what, outcome, ms }: Traffic,
  chosen: boolean,
  choose: (seq: number) => void,
): VNode =>
  html`<tr key=${seq} class=${chosen ? 'chosen' : ''} onClick=${() => choose(seq)}>
    <td><time>${secondText(at)}</time></td>
    <td class=${direction}>${directions[direction]}</td>
    <td><button type="button" class="what" aria-expanded=${chosen} onClick=${() => choose(seq)}>${what}</button></td>
    <td class=${wentWell(outcome) ? 'well' : 'badly'}>${outcome}</td>
    <td class="right">${ms === null ? '' : Math.round(ms)}</td>
  </tr>`;
