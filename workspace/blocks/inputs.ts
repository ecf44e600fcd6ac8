import { actionId } from './button.ts';
import { checkboxes, radioButtons } from './choices.ts';
import { list } from './lists.ts';
import { datepicker, datetimepicker, timepicker } from './pickers.ts';
import { richText } from './rich-text.ts';
import type { Rule } from './rule.ts';
import { flag, integer, oneOf, string } from './scalars.ts';
import { multiSelects, selects } from './selects.ts';
import { block, byType, shape, typed } from './shapes.ts';
import { plainText } from './text.ts';

const written = {
  ...actionId,
  focus_on_load: flag,
  placeholder: plainText(150),
  dispatch_action_config: shape(
    {},
    {
      trigger_actions_on: list({
        min: 1,
        max: 2,
        of: oneOf('on_enter_pressed', 'on_character_entered'),
      }),
    },
  ),
};

/** Fields to write into. */
export const fields = {
  plain_text_input: typed(
    {},
    {
      ...written,
      initial_value: string({ max: 3000 }),
      multiline: flag,
      min_length: integer({ max: 3000 }),
      max_length: integer({ min: 1, max: 3000 }),
    },
  ),
  email_text_input: typed({}, { ...written, initial_value: string() }),
  url_text_input: typed({}, { ...written, initial_value: string() }),
  number_input: typed(
    { is_decimal_allowed: flag },
    { ...written, initial_value: string(), min_value: string(), max_value: string() },
  ),
  rich_text_input: typed(
    {},
    {
      ...written,
      initial_value: byType({ rich_text: richText }),
      min_lines: integer({ min: 1, max: 100 }),
      max_lines: integer({ min: 1, max: 100 }),
    },
  ),
  file_input: typed(
    {},
    {
      ...actionId,
      filetypes: list({ of: string({ min: 1 }) }),
      max_files: integer({ min: 1, max: 10 }),
    },
  ),
} satisfies Record<string, Rule>;

/** A question of a form: a label over one element. */
export const input = block(
  {
    label: plainText(2000),
    element: byType({
      ...fields,
      ...selects,
      ...multiSelects,
      checkboxes,
      radio_buttons: radioButtons,
      datepicker,
      datetimepicker,
      timepicker,
    }),
  },
  { hint: plainText(2000), optional: flag, dispatch_action: flag },
);
