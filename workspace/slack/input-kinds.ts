/** How one type of element keeps what was chosen in it. */
export interface InputKind {
  /** The key in Slack's state. */
  key: string;
  /** The key of its beginning in the element. */
  initial: string;
  /** Several values. */
  many?: true;
  /** Values are options, with a text. */
  options?: true;
  /** A number of seconds. */
  seconds?: true;
}

const text: InputKind = { key: 'value', initial: 'initial_value' };
const one: InputKind = { key: 'selected_option', initial: 'initial_option', options: true };
const many: InputKind = {
  key: 'selected_options',
  initial: 'initial_options',
  options: true,
  many: true,
};
const id = (what: string): InputKind => ({ key: `selected_${what}`, initial: `initial_${what}` });
const ids = (what: string): InputKind => ({ ...id(what), many: true });

/** Every element that remembers something, by its type. */
export const inputKinds: Readonly<Record<string, InputKind>> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  static_select: one,
  external_select: one,
  radio_buttons: one,
  multi_static_select: many,
  multi_external_select: many,
  checkboxes: many,
  users_select: id('user'),
  conversations_select: id('conversation'),
  channels_select: id('channel'),
  multi_users_select: ids('users'),
  multi_conversations_select: ids('conversations'),
  multi_channels_select: ids('channels'),
  datepicker: id('date'),
  timepicker: id('time'),
  datetimepicker: { ...id('date_time'), seconds: true },
};
