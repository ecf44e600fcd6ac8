import { z } from 'zod';
import { isZone, type LocalTime } from '../core/local-time.ts';
import { member, oneOrMore } from './file-words.ts';

const members = oneOrMore(member).pipe(z.array(z.string()));

const moment = z.iso
  .datetime({ offset: true, error: 'expected a moment such as 2026-12-24T09:00:00+01:00' })
  .transform((text) => Date.parse(text));

const shift = z
  .strictObject({
    who: members.describe('Who is on call: `user:U…` or `group:S…`, one or several.'),
    from: moment.describe('From this moment, such as `2026-12-24T09:00:00+01:00`.'),
    to: moment.describe('Until this moment, which is no part of it.'),
  })
  .refine(({ from, to }) => !(from >= to), 'expected an end after the beginning');

const first = z.string().transform((text, context): LocalTime => {
  const [, ...figures] = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)$/.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = figures.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const same = figures.length > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (same && hour < 24 && minute < 60) return { year, month, day, hour, minute };
  context.addIssue('expected a day and an hour such as 2026-11-16 09:00');
  return z.NEVER;
});

const weekly = z.strictObject({
  people: z.array(member).min(1).describe('Who takes turns, a week each, in this order.'),
  zone: z
    .string()
    .refine(isZone, 'expected a time zone such as Europe/Berlin')
    .describe('The time zone whose clocks count, such as `Europe/Berlin`.'),
  first: first.describe('When the first turn begins there, such as `2026-11-16 09:00`.'),
});

/** One on-call list: a rotation, shifts, or both. */
export const oncallSchema = z
  .strictObject({
    weekly: weekly.optional().describe('A rotation by weeks.'),
    shifts: z
      .array(shift)
      .default([])
      .describe('Dated shifts. While one lasts, it counts and the rotation does not.'),
  })
  .refine(
    (list) => list.weekly !== undefined || list.shifts.length > 0,
    'expected a weekly rotation or at least one shift',
  )
  .transform(({ weekly: turns, shifts }) => ({ shifts, weekly: turns ?? null }));
