import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { string } from '../blocks/read.ts';
import { fieldMarks } from '../state/form-state.ts';
import { act, domId, elementKey, type Placed } from '../state/surface.ts';
import { plainWords } from '../text/text-object.ts';
import { initialValues, type OptionGroup, optionGroups } from './options.ts';

/** A select of one option, member, conversation or channel: the browser's own, which everybody can use. */
export function Select(placed: Placed): VNode {
  const { surface, blockId, element, acts, label } = placed;
  const [initial = ''] = initialValues(element);
  const placeholder = plainWords(element.placeholder) || 'Choose…';
  async function choose({ currentTarget }: { currentTarget: HTMLSelectElement }) {
    if (!acts) return;
    const went = await act(placed, { value: currentTarget.value }, currentTarget);
    if (!went) currentTarget.value = initial;
  }
  return html`<span class="select" aria-busy=${surface.waiting.value === elementKey(placed)}>
    <select id=${domId(placed)} ...${fieldMarks(blockId, string(element.action_id))}
      aria-label=${label || undefined} onChange=${choose}>
      <option value="" selected=${initial === ''}>${placeholder}</option>
      ${optionGroups(element, surface.pane.world.value).map((group) => optionGroup(group, initial))}
    </select>
  </span>`;
}

function optionGroup({ label, options }: OptionGroup, initial: string): VNode | VNode[] {
  const list = options.map(
    ({ value, text }) =>
      html`<option value=${value} selected=${value === initial}>${text}</option>`,
  );
  return label === '' ? list : html`<optgroup label=${label}>${list}</optgroup>`;
}
