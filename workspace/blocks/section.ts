import { button, workflowButton } from './button.ts';
import { checkboxes, overflow, radioButtons } from './choices.ts';
import { imageElement } from './image.ts';
import { list } from './lists.ts';
import { datepicker, timepicker } from './pickers.ts';
import { also, problem } from './rule.ts';
import { flag } from './scalars.ts';
import { multiSelects, selects } from './selects.ts';
import { block, byType } from './shapes.ts';
import { anyText } from './text.ts';

const accessory = byType({
  ...selects,
  ...multiSelects,
  button,
  workflow_button: workflowButton,
  checkboxes,
  radio_buttons: radioButtons,
  overflow,
  datepicker,
  timepicker,
  image: imageElement,
});

/** Text, or fields in two columns, with one element beside. */
export const section = also(
  block(
    {},
    {
      text: anyText(3000),
      fields: list({ min: 1, max: 10, of: anyText(2000) }),
      accessory,
      expand: flag,
    },
  ),
  ({ text, fields }, at) =>
    text === undefined && fields === undefined
      ? problem('must define either `text` or `fields`', `${at}/type`)
      : [],
);
