import type { VNode } from 'preact';
import { string } from '../blocks/read.ts';
import { show } from '../show.ts';
import { domId, type Placed } from '../state/surface.ts';
import { Button } from './button.ts';
import { choices } from './choices.ts';
import { ExternalSelect } from './external-select.ts';
import { MultiSelect } from './multi-select.ts';
import { Overflow } from './overflow.ts';
import { Select } from './select.ts';
import { textField } from './text-field.ts';
import { unsupported } from './unsupported.ts';

type Draw = (placed: Placed) => VNode;

const component =
  (Component: (placed: Placed) => VNode): Draw =>
  (placed) =>
    show(Component, placed, domId(placed));

/** Every element that the page can show, by Block Kit's name. */
const elements: Record<string, Draw> = {
  button: component(Button),
  overflow: component(Overflow),
  static_select: component(Select),
  users_select: component(Select),
  conversations_select: component(Select),
  channels_select: component(Select),
  external_select: component(ExternalSelect),
  multi_static_select: component(MultiSelect),
  multi_users_select: component(MultiSelect),
  multi_conversations_select: component(MultiSelect),
  multi_channels_select: component(MultiSelect),
  multi_external_select: component(MultiSelect),
  checkboxes: choices,
  radio_buttons: choices,
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  datepicker: textField,
  timepicker: textField,
  datetimepicker: textField,
};

/** An element of an actions block, an accessory or an input. */
export function element(placed: Placed): VNode {
  const type = string(placed.element.type);
  const draw = Object.hasOwn(elements, type) ? elements[type] : undefined;
  return draw ? draw(placed) : unsupported('element', type);
}
