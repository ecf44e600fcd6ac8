import { useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { string } from '../blocks/read.ts';
import { fieldMarks } from '../state/form-state.ts';
import { act, domId, elementKey, type Placed } from '../state/surface.ts';
import { plainWords } from '../text/text-object.ts';
import { initialValues, type Option, optionGroups, sourceOf } from './options.ts';
import { useSuggestions } from './suggestions.ts';

/** A select of several: a button that says what is chosen, and boxes to tick above everything else. */
export function MultiSelect(placed: Placed): VNode {
  const { surface, element, label } = placed;
  const id = useId();
  const chosen = useSignal<readonly string[]>(initialValues(element));
  const external = sourceOf(string(element.type)) === 'external';
  const suggestions = useSuggestions(placed);
  const fixed = optionGroups(element, surface.pane.world.value).flatMap(({ options }) => options);
  const options = external ? suggestions.options : fixed;
  const face = faceOf(chosen.value, options) || plainWords(element.placeholder) || 'Choose…';
  function close({ currentTarget, newState }: ToggleEvent) {
    const group = (currentTarget as HTMLElement).querySelector('fieldset');
    const values = ticked(group);
    if (newState !== 'closed' || values.join() === chosen.value.join()) return;
    chosen.value = values;
    if (placed.acts && group) void act(placed, { values }, group);
  }
  return html`<span class="select" aria-busy=${surface.waiting.value === elementKey(placed)}>
    <button type="button" id=${`${domId(placed)}/face`} class="select-face" popovertarget=${id}
      aria-label=${label ? `${label}: ${face}` : undefined}>${face}</button>
    <div id=${id} popover class="picker" onToggle=${close}>
      ${external ? searchField(suggestions.search) : null}
      ${boxes(placed, options, chosen.value)}
    </div>
  </span>`;
}

const ticked = (group: Element | null): string[] =>
  [...(group?.querySelectorAll<HTMLInputElement>('input:checked') ?? [])].map(({ value }) => value);

const faceOf = (chosen: readonly string[], options: readonly Option[]): string =>
  chosen.map((value) => options.find((option) => option.value === value)?.text ?? value).join(', ');

const searchField = (search: (query: string) => void): VNode =>
  html`<input type="search" aria-label="Search" placeholder="Search…"
    onInput=${(event: Event) => search((event.currentTarget as HTMLInputElement).value)} />`;

const boxes = (placed: Placed, options: readonly Option[], chosen: readonly string[]): VNode =>
  html`<fieldset class="choices" data-many="" id=${domId(placed)} aria-label=${placed.label || 'Choices'}
    ...${fieldMarks(placed.blockId, string(placed.element.action_id))}>
    ${options.map(
      ({ value, text }) => html`<label class="choice" key=${value}>
        <input type="checkbox" value=${value} defaultChecked=${chosen.includes(value)} /><span>${text}</span>
      </label>`,
    )}
  </fieldset>`;
