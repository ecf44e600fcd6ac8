import { actionId } from './button.ts';
import { confirm } from './confirm.ts';
import { list } from './lists.ts';
import { overflowOption, richOption } from './options.ts';
import { flag } from './scalars.ts';
import { typed } from './shapes.ts';

/** The menu behind three dots. */
export const overflow = typed(
  { options: list({ min: 1, max: 5, of: overflowOption }) },
  { ...actionId, confirm },
);

const offered = { options: list({ min: 1, max: 10, of: richOption }) };
const common = { ...actionId, confirm, focus_on_load: flag };

/** Boxes to tick. */
export const checkboxes = typed(offered, {
  ...common,
  initial_options: list({ min: 1, max: 10, of: richOption }),
});

/** Buttons of which one is on. */
export const radioButtons = typed(offered, { ...common, initial_option: richOption });
