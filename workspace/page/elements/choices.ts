import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { parts, string } from '../blocks/read.ts';
import { fieldMarks } from '../state/form-state.ts';
import { act, domId, type Placed } from '../state/surface.ts';
import { textObject } from '../text/text-object.ts';
import { initialValues } from './options.ts';

/** Checkboxes or radio buttons, in a group of their own. */
export function choices(placed: Placed): VNode {
  const { surface, blockId, element, acts, label } = placed;
  const many = element.type === 'checkboxes';
  const chosen = initialValues(element);
  const changed = acts ? (event: Event) => void tell(placed, event, many) : undefined;
  return html`<fieldset class="choices" id=${domId(placed)} data-many=${many ? '' : undefined}
    ...${fieldMarks(blockId, string(element.action_id))} aria-label=${label || undefined}
    aria-describedby=${`${surface.key}/${blockId}/notes`} onChange=${changed}>
    ${parts(element.options).map(
      (option) => html`<label class="choice">
        <input type=${many ? 'checkbox' : 'radio'} name=${domId(placed)} value=${string(option.value)}
          defaultChecked=${chosen.includes(string(option.value))} />
        <span>${textObject(option.text, surface.reader)}
          ${option.description ? html`<small>${textObject(option.description, surface.reader)}</small>` : null}
        </span>
      </label>`,
    )}
  </fieldset>`;
}

function tell(placed: Placed, { currentTarget }: Event, many: boolean): Promise<boolean> {
  const group = currentTarget as HTMLFieldSetElement;
  const values = [...group.querySelectorAll<HTMLInputElement>('input:checked')].map((x) => x.value);
  return act(placed, many ? { values } : { value: values[0] ?? '' }, group);
}
