import { expect, test } from 'vitest';
import { calendarOf, dateText } from '../../../../workspace/page/text/date-mark.ts';

const now = new Date('2026-11-21T12:00:00Z');
const calendar = calendarOf('en-GB', 'UTC', () => now);
const at = (iso: string) => Date.parse(iso) / 1000;

test.each([
  ['{date_num}', '2014-02-18'],
  ['{date}', '18 February 2014'],
  ['{date_short}', '18 Feb 2014'],
  ['{date_long}', /^Tuesday,? 18 February 2014$/],
  ['{date_pretty}', '18 February 2014'],
  ['{time}', '14:39'],
  ['{time_secs}', '14:39:42'],
  ['at {time} on {date_num}', 'at 14:39 on 2014-02-18'],
  ['{unheard_of} {time', '{unheard_of} {time'],
])('%s', (format, expected) => {
  expect(dateText(at('2014-02-18T14:39:42Z'), format, calendar)).toEqual(
    typeof expected === 'string' ? expected : expect.stringMatching(expected),
  );
});

test.each([
  ['2026-11-20T23:59:00Z', 'yesterday'],
  ['2026-11-21T00:00:00Z', 'today'],
  ['2026-11-22T00:00:00Z', 'tomorrow'],
])('%s is %s when it may be written pretty', (iso, expected) => {
  expect(dateText(at(iso), '{date_short_pretty}', calendar)).toBe(expected);
});

test.each([
  ['2026-11-21T11:59:30Z', '30 seconds ago'],
  ['2026-11-21T11:30:00Z', '30 minutes ago'],
  ['2026-11-21T15:00:00Z', 'in 3 hours'],
  ['2026-11-18T12:00:00Z', '3 days ago'],
])('how long ago %s was', (iso, expected) => {
  expect(dateText(at(iso), '{ago}', calendar)).toBe(expected);
});
