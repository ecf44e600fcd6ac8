import { useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { part, string } from '../blocks/read.ts';
import { fieldMarks } from '../state/form-state.ts';
import { act, domId, elementKey, type Placed } from '../state/surface.ts';
import { plainWords } from '../text/text-object.ts';
import { optionOf } from './options.ts';
import { useSuggestions } from './suggestions.ts';

/** A field with suggestions from the app; what counts is the value behind the text that was chosen. */
export function ExternalSelect(placed: Placed): VNode {
  const { surface, blockId, element, acts, label } = placed;
  const first = element.initial_option ? optionOf(part(element.initial_option)) : null;
  const chosen = useSignal(first?.value ?? '');
  const { options, search } = useSuggestions(placed);
  const id = domId(placed);
  function typed({ currentTarget }: { currentTarget: HTMLInputElement }) {
    const match = options.find(({ text }) => text === currentTarget.value);
    chosen.value = match?.value ?? '';
    if (!match) search(currentTarget.value);
    else if (acts) void act(placed, { value: match.value }, currentTarget);
  }
  return html`<span class="select external" aria-busy=${surface.waiting.value === elementKey(placed)}>
    <input type="text" id=${id} list=${`${id}/options`} aria-label=${label || undefined} autocomplete="off"
      placeholder=${plainWords(element.placeholder) || 'Type to search…'}
      defaultValue=${first?.text ?? ''} onInput=${typed} />
    <input type="hidden" ...${fieldMarks(blockId, string(element.action_id))} value=${chosen.value} />
    <datalist id=${`${id}/options`}>
      ${options.map(({ text }) => html`<option value=${text}></option>`)}
    </datalist>
  </span>`;
}
