import { actionId } from './button.ts';
import { confirm } from './confirm.ts';
import { flag, integer, pattern, string } from './scalars.ts';
import { typed } from './shapes.ts';
import { plainText } from './text.ts';

const common = { ...actionId, confirm, focus_on_load: flag };

/** A day. */
export const datepicker = typed(
  {},
  {
    ...common,
    placeholder: plainText(150),
    initial_date: pattern(/^\d{4}-\d{2}-\d{2}$/, 'must be a date of the form YYYY-MM-DD'),
  },
);

/** A time of day. */
export const timepicker = typed(
  {},
  {
    ...common,
    placeholder: plainText(150),
    timezone: string({ min: 1 }),
    initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the form HH:mm'),
  },
);

/** A moment, in seconds since 1970 with ten digits. */
export const datetimepicker = typed(
  {},
  { ...common, initial_date_time: integer({ min: 1_000_000_000, max: 9_999_999_999 }) },
);
