import { z } from 'zod';
import { isZone } from '../core/local-time.ts';
import type { Hours, Window } from '../core/window.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const example = 'Mon-Thu 08:00-16:00 Europe/Berlin';
const shape = /^(\S+)\s+(\d\d):([0-5]\d)-(\d\d):([0-5]\d)\s+(\S+)$/;

const hours = z.string().transform((text, context): Hours => {
  const read = readHours(text);
  if (typeof read !== 'string') return read;
  context.addIssue(read);
  return z.NEVER;
});

/** What is wrong with it instead, when it is none. */
function readHours(written: string): Hours | string {
  const [, named, h1, m1, h2, m2, zone = ''] = shape.exec(written.trim()) ?? [];
  if (named === undefined) return `expected days, hours and a time zone such as ${example}`;
  const days = readDays(named);
  if (days === null) return `expected days such as Mon-Thu or Mon,Wed,Fri, as in ${example}`;
  const [from, to] = [minutes(h1, m1), minutes(h2, m2)];
  if (from >= day || to > day) return 'expected times of day from 00:00 to 24:00';
  if (from === to) return 'expected an end other than the beginning: it would never be open';
  if (!isZone(zone))
    return `there is no time zone called ${zone}; expected one such as Europe/Berlin`;
  return { days, from, to, zone, written: written.trim() };
}

const day = 24 * 60;
const minutes = (hour = '', minute = ''): number => Number(hour) * 60 + Number(minute);

/** Days as figures from 1, Monday; null when one of them is none. */
function readDays(named: string): number[] | null {
  const parts = named.split(',').map((part) => {
    const [first = '', last = first, ...more] = part.toLowerCase().split('-');
    const [from, to] = [weekdays.indexOf(first), weekdays.indexOf(last)];
    if (from < 0 || to < 0 || more.length > 0) return null;
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, past) => ((from + past) % 7) + 1);
  });
  if (parts.some((part) => part === null)) return null;
  return [...new Set(parts.flatMap((part) => part ?? []))].toSorted((a, b) => a - b);
}

const window = z
  .strictObject({
    open: z
      .union([hours.transform((one) => [one]), z.array(hours).min(1).max(20)])
      .describe(`Days, hours and a time zone, such as \`${example}\`; a list for several.`),
    in_incident: z
      .boolean()
      .default(false)
      .describe('Whether it may be done at any time in an open incident about its target.'),
  })
  .transform(
    ({ open, in_incident }): Window => ({
      hours: open,
      ...(in_incident && { inIncident: true as const }),
    }),
  );

/** When actions may be asked for and begin, by their names. Hours alone stand for a window of them. */
export const windowsSchema = z.record(
  z.string(),
  z.union([hours, z.array(hours).min(1).max(20), window]).transform((one): Window => {
    if (Array.isArray(one)) return { hours: one };
    return 'hours' in one ? one : { hours: [one] };
  }),
);
