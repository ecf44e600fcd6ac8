import { confirm } from './confirm.ts';
import { list } from './lists.ts';
import { link, oneOf, string } from './scalars.ts';
import { shape, typed } from './shapes.ts';
import { plainText } from './text.ts';

/** What every interactive element may be called by in the payloads it causes. */
export const actionId = { action_id: string({ max: 255 }) };

const look = {
  style: oneOf('primary', 'danger'),
  accessibility_label: string({ max: 75 }),
  confirm,
  ...actionId,
};

/** A button. */
export const button = typed(
  { text: plainText(75) },
  { ...look, url: link, value: string({ max: 2000 }) },
);

/** A button that runs a workflow by its link trigger. */
export const workflowButton = typed(
  {
    text: plainText(75),
    workflow: shape({
      trigger: shape(
        { url: link },
        {
          customizable_input_parameters: list({
            of: shape({ name: string({ min: 1 }), value: string() }),
          }),
        },
      ),
    }),
  },
  look,
);

/** A small button with an icon, for context actions. */
export const iconButton = typed(
  { icon: oneOf('trash'), text: plainText(75) },
  {
    accessibility_label: string({ max: 75 }),
    value: string({ max: 2000 }),
    visible_to_user_ids: list({ of: string({ min: 1 }) }),
    confirm,
    ...actionId,
  },
);

const opinion = shape(
  { text: plainText(75), value: string({ max: 2000 }) },
  { accessibility_label: string({ max: 75 }) },
);

/** Thumbs up and down, for context actions. */
export const feedbackButtons = typed(
  { positive_button: opinion, negative_button: opinion },
  actionId,
);
