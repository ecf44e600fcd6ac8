import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { string } from '../blocks/read.ts';
import { fieldMarks, fieldValue } from '../state/form-state.ts';
import { act, domId, type Placed } from '../state/surface.ts';
import { plainWords } from '../text/text-object.ts';

/** Block Kit's types of one-line fields, and the browser's. */
const types: Record<string, string> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

const limit = (value: unknown): string | undefined =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;

/** Where something is typed: text, an e-mail or web address, a number, a date or a time. */
export function textField(placed: Placed): VNode {
  const { blockId, element, acts, surface, label } = placed;
  const shared = {
    id: domId(placed),
    ...fieldMarks(blockId, string(element.action_id)),
    placeholder: plainWords(element.placeholder) || undefined,
    maxlength: limit(element.max_length),
    minlength: limit(element.min_length),
    'aria-label': label || undefined,
    'aria-invalid': blockId in surface.errors || undefined,
    'aria-describedby': `${surface.key}/${blockId}/notes`,
    onChange: acts ? (event: Event) => void tell(placed, event) : undefined,
  };
  if (element.multiline === true) {
    return html`<textarea ...${shared} rows="4" defaultValue=${initialText(placed)}></textarea>`;
  }
  return html`<input ...${shared} type=${types[string(element.type)]}
    min=${limit(element.min_value)} max=${limit(element.max_value)}
    step=${element.is_decimal_allowed === true ? 'any' : undefined}
    defaultValue=${initialText(placed)} />`;
}

const tell = (placed: Placed, { currentTarget }: Event) =>
  act(
    placed,
    { value: fieldValue(currentTarget as HTMLInputElement) ?? '' },
    currentTarget as Element,
  );

function initialText({ element }: Placed): string {
  const {
    initial_value: text,
    initial_date: day,
    initial_time: time,
    initial_date_time: at,
  } = element;
  if (typeof at === 'number') return localMinute(at);
  return limit(text ?? day ?? time) ?? '';
}

/** As `datetime-local` wants it: the reader's own time, without a zone. */
function localMinute(seconds: number): string {
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
