import { z } from 'zod';
import { isZone } from '../core/local-time.ts';

const hour = z.string().transform((text, context) => {
  const [, hours = '', minutes = ''] = /^(\d\d):([0-5]\d)$/.exec(text) ?? [];
  const at = Number(hours) * 60 + Number(minutes);
  if (hours !== '' && at <= 24 * 60) return at;
  context.addIssue('expected a time of day such as 09:00');
  return z.NEVER;
});

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** When people work, on the clocks of a zone. */
export const workingHoursSchema = z
  .strictObject({
    zone: z
      .string()
      .refine(isZone, 'expected a time zone such as Europe/Berlin')
      .default('UTC')
      .describe('The time zone whose clocks count.'),
    days: z
      .array(z.enum(weekdays))
      .min(1)
      .default(['mon', 'tue', 'wed', 'thu', 'fri'])
      .describe('The days on which people work.')
      .transform((days) => days.map((day) => weekdays.indexOf(day) + 1)),
    from: hour.prefault('09:00').describe('When they begin.'),
    to: hour.prefault('17:00').describe('When they end.'),
  })
  .refine(({ from, to }) => from < to, 'expected an end after the beginning');
