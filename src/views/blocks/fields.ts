import type { Checkboxes, InputBlock, PlainTextOption, RadioButtons } from '@slack/types';
import { clip } from '../text/clip.ts';
import { line } from '../text/escape.ts';

/** One of a few things to choose from: what comes back, what people read, and a line more about it. */
export interface Offer {
  value: string;
  label: string;
  about?: string;
}

/** A question with a few answers. */
export interface Question {
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
}

/** One of a few, all of them in sight. */
export const radioField = (
  question: Question,
  offers: readonly Offer[],
  chosen: string | null,
): InputBlock => {
  const options = offers.map(optionOf) as RadioButtons['options'];
  const initial = options.find(({ value }) => value === chosen);
  return input(question, {
    type: 'radio_buttons',
    action_id: question.id,
    options,
    ...(initial && { initial_option: initial }),
  });
};

/** Any of a few; what is ticked comes back joined with commas. */
export const checksField = (
  question: Question,
  offers: readonly Offer[],
  ticked: readonly string[],
): InputBlock => {
  const options = offers.map(optionOf) as Checkboxes['options'];
  const initial = options.filter(({ value }) => value !== undefined && ticked.includes(value));
  return input(question, {
    type: 'checkboxes',
    action_id: question.id,
    options,
    ...(initial.length > 0 && { initial_options: initial as Checkboxes['options'] }),
  });
};

/** One of many, out of a list that unfolds; Slack shows at most a hundred. */
export const selectField = (
  question: Question,
  offers: readonly Offer[],
  chosen: string | null,
): InputBlock => {
  const options = offers.slice(0, 100).map(optionOf);
  const initial = options.find(({ value }) => value === chosen);
  return input(question, {
    type: 'static_select',
    action_id: question.id,
    options,
    ...(initial && { initial_option: initial }),
  });
};

/** Somebody of the workspace. */
export const personField = (question: Question, chosen: string | null): InputBlock =>
  input(question, {
    type: 'users_select',
    action_id: question.id,
    ...(chosen !== null && { initial_user: chosen }),
  });

/** A day and a time, on everybody's own clock; it comes back as seconds since 1970. `at` is in milliseconds. */
export const momentField = (question: Question, at: number | null): InputBlock =>
  input(question, {
    type: 'datetimepicker',
    action_id: question.id,
    ...(at !== null && { initial_date_time: Math.floor(at / 1_000) }),
  });

const input = (
  { id, label, hint = '', optional = false }: Question,
  element: InputBlock['element'],
): InputBlock => ({
  type: 'input',
  block_id: id,
  label: plain(label, 200),
  ...(optional && { optional }),
  ...(hint !== '' && { hint: plain(hint, 500) }),
  element,
});

const optionOf = ({ value, label, about }: Offer): PlainTextOption => ({
  text: plain(label, 75),
  value,
  ...(about !== undefined && { description: plain(about, 75) }),
});

const plain = (text: string, limit: number) => ({
  type: 'plain_text' as const,
  text: clip(line(text), limit) || '–',
  emoji: false,
});
