import type { FormState } from '../../protocol.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLFieldSetElement;

/**
 * What the fields below an element hold now. The fields are left to the browser (so that what is
 * typed survives an update of the view) and carry `data-block` and `data-action`; a group of boxes
 * is a fieldset, with `data-many` when several can be chosen.
 */
export function formState(root: Element | null): FormState {
  const state: FormState = {};
  for (const field of root?.querySelectorAll<Field>('[data-action]') ?? []) {
    const { block = '', action = '' } = field.dataset;
    state[block] = { ...state[block], [action]: held(field) };
  }
  return state;
}

function held(field: Field): string | string[] | null {
  if (!(field instanceof HTMLFieldSetElement)) return fieldValue(field);
  const chosen = [...field.querySelectorAll<HTMLInputElement>('input:checked')].map(
    ({ value }) => value,
  );
  return field.dataset.many === undefined ? (chosen[0] ?? null) : chosen;
}

/** What one field holds; a date with a time as Slack sends it, in seconds. Null when it is empty. */
export function fieldValue({ type, value }: Exclude<Field, HTMLFieldSetElement>): string | null {
  if (value === '') return null;
  return type === 'datetime-local' ? String(Date.parse(value) / 1000) : value;
}

/** The attributes by which {@link formState} finds a field. */
export const fieldMarks = (blockId: string, actionId: string) => ({
  'data-block': blockId,
  'data-action': actionId,
});
