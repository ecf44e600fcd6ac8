import type { InputBlock, ModalView, PlainTextElement } from '@slack/types';
import { clip } from '../text/clip.ts';
import { line } from '../text/escape.ts';

/** The longest that a field of a form may hold, in characters; Slack's own limit. */
export const longestField = 3_000;

/** A form: what it is called, what its button says, and what comes back with it unseen. */
export interface Form {
  callback: string;
  title: string;
  submit: string;
  /** What comes back with the form. People never see it; it holds names, nothing to be believed. */
  data: string;
}

/** A form as Slack takes it. */
export const formView = (
  { callback, title, submit, data }: Form,
  blocks: ModalView['blocks'],
): ModalView => ({
  type: 'modal',
  callback_id: callback,
  private_metadata: data,
  title: plain(title, 24),
  submit: plain(submit, 24),
  close: plain('Close', 24),
  blocks,
});

/** One field to write into. */
export interface TextField {
  id: string;
  label: string;
  hint?: string;
  value?: string | null;
  optional?: boolean;
  multiline?: boolean;
}

/** A field to write into; what is filled in stays as it was typed, up to Slack's limit. */
export const textField = (field: TextField): InputBlock => ({
  type: 'input',
  block_id: field.id,
  label: plain(field.label, 200),
  optional: field.optional ?? false,
  ...(field.hint && { hint: plain(field.hint, 500) }),
  element: {
    type: 'plain_text_input',
    action_id: field.id,
    multiline: field.multiline ?? false,
    max_length: longestField,
    ...(field.value && { initial_value: clip(field.value.toWellFormed(), longestField) }),
  },
});

/** One choice out of a few; Slack shows at most a hundred. */
export const choiceField = (
  id: string,
  label: string,
  choices: readonly string[],
  chosen: string | null,
  { hint = '', optional = false }: { hint?: string; optional?: boolean } = {},
): InputBlock => {
  const options = choices.slice(0, 100).map((value) => ({ text: plain(value, 75), value }));
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 200),
    ...(optional && { optional }),
    ...(hint && { hint: plain(hint, 500) }),
    element: {
      type: 'static_select',
      action_id: id,
      options,
      ...(initial && { initial_option: initial }),
    },
  };
};

const plain = (text: string, limit: number): PlainTextElement => ({
  type: 'plain_text',
  text: clip(line(text), limit) || '–',
  emoji: false,
});
