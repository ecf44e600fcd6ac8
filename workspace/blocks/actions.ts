import { button, workflowButton } from './button.ts';
import { checkboxes, overflow, radioButtons } from './choices.ts';
import { fields } from './inputs.ts';
import { elements } from './lists.ts';
import { datepicker, datetimepicker, timepicker } from './pickers.ts';
import { multiSelects, selects } from './selects.ts';
import { block, byType } from './shapes.ts';

/** A row of things to press or choose. */
export const actions = block({
  elements: elements({
    min: 1,
    max: 25,
    of: byType({
      ...selects,
      ...multiSelects,
      button,
      workflow_button: workflowButton,
      checkboxes,
      radio_buttons: radioButtons,
      overflow,
      datepicker,
      datetimepicker,
      timepicker,
      rich_text_input: fields.rich_text_input,
    }),
  }),
});
