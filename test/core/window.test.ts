import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hours, isOpenAt, nextOpening } from '../../src/core/window.ts';
import { inputs } from '../support/inputs.ts';

const hour = 3_600_000;
const day = 24 * hour;

const hoursOf = (days: readonly number[], from: string, to: string, zone: string): Hours => {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return { days, from: minutes(from), to: minutes(to), zone, written: '' };
};
const window = (...hours: Hours[]) => ({ hours });
const at = (text: string) => Date.parse(text);
const weekdays = [1, 2, 3, 4];
const berlin = window(hoursOf(weekdays, '08:00', '16:00', 'Europe/Berlin'));

describe('a window', () => {
  test.each([
    ['before it opens', '2026-11-23T06:59:59.999Z', false],
    ['when it opens', '2026-11-23T07:00:00Z', true],
    ['just before it closes', '2026-11-23T14:59:59.999Z', true],
    ['when it closes', '2026-11-23T15:00:00Z', false],
    ['on another day', '2026-11-27T10:00:00Z', false],
    ['in summer, by its own clocks', '2026-07-06T06:00:00Z', true],
    ['in summer, an hour before that', '2026-07-06T05:59:59Z', false],
  ])('%s', (_when, moment, open) => {
    expect(isOpenAt(berlin, at(moment))).toBe(open);
  });

  test.each([
    ['the same day', '2026-11-23T06:00:00Z', '2026-11-23T07:00:00Z'],
    ['the next day', '2026-11-23T15:00:00Z', '2026-11-24T07:00:00Z'],
    ['after the weekend', '2026-11-26T15:00:00Z', '2026-11-30T07:00:00Z'],
    ['after clocks were put forward', '2026-03-27T12:00:00Z', '2026-03-30T06:00:00Z'],
    ['after clocks were put back', '2026-10-23T12:00:00Z', '2026-10-26T07:00:00Z'],
    ['in the next year', '2026-12-31T16:00:00Z', '2027-01-04T07:00:00Z'],
  ])('opens next %s', (_when, moment, opens) => {
    expect(nextOpening(berlin, at(moment))).toEqual({ at: at(opens), zone: 'Europe/Berlin' });
  });

  test('over midnight belongs to the day on which it opens', () => {
    const night = window(hoursOf([5], '22:00', '06:00', 'UTC'));
    expect(isOpenAt(night, at('2026-11-27T22:00:00Z'))).toBe(true);
    expect(isOpenAt(night, at('2026-11-28T05:59:59Z'))).toBe(true);
    expect(isOpenAt(night, at('2026-11-28T06:00:00Z'))).toBe(false);
    expect(isOpenAt(night, at('2026-11-27T05:00:00Z'))).toBe(false);
  });

  test('of several hours is open in any of them, and opens next with the first of them', () => {
    const two = window(
      hoursOf([1], '14:00', '15:00', 'Asia/Tokyo'),
      hoursOf([1], '08:00', '09:00', 'UTC'),
    );
    expect(isOpenAt(two, at('2026-11-23T05:30:00Z'))).toBe(true);
    expect(isOpenAt(two, at('2026-11-23T08:30:00Z'))).toBe(true);
    expect(nextOpening(two, at('2026-11-23T06:00:00Z'))).toEqual({
      at: at('2026-11-23T08:00:00Z'),
      zone: 'UTC',
    });
    expect(nextOpening(two, at('2026-11-23T09:00:00Z'))?.zone).toBe('Asia/Tokyo');
  });
});

describe('while clocks are changed', () => {
  const sunday = (from: string, to: string) => window(hoursOf([7], from, to, 'Europe/Berlin'));

  test('a window that begins at a time they skip opens later by as much', () => {
    const spring = sunday('02:30', '05:00');
    expect(isOpenAt(spring, at('2026-03-29T01:29:59Z'))).toBe(false);
    expect(isOpenAt(spring, at('2026-03-29T01:30:00Z'))).toBe(true);
    expect(isOpenAt(spring, at('2026-03-29T03:00:00Z'))).toBe(false);
  });

  test('a window within what they skip does not open that day, and a week later it does', () => {
    const spring = window(hoursOf([7], '02:00', '03:00', 'Europe/Berlin'));
    expect(nextOpening(spring, at('2026-03-28T12:00:00Z'))?.at).toBe(at('2026-04-05T00:00:00Z'));
  });

  test('a window that ends at a time they show twice closes the first time', () => {
    const autumn = sunday('01:00', '02:30');
    expect(isOpenAt(autumn, at('2026-10-25T00:29:59Z'))).toBe(true);
    expect(isOpenAt(autumn, at('2026-10-25T00:30:00Z'))).toBe(false);
    expect(isOpenAt(autumn, at('2026-10-25T01:15:00Z'))).toBe(false);
  });

  test('a window around it is open all the time', () => {
    const whole = sunday('00:00', '24:00');
    for (const [begins, length] of [
      ['2026-03-28T23:00:00Z', 23],
      ['2026-10-24T22:00:00Z', 25],
    ] as const) {
      const from = at(begins);
      expect(isOpenAt(whole, from - 1)).toBe(false);
      for (let past = 0; past < length; past += 0.25) {
        expect(isOpenAt(whole, from + past * hour)).toBe(true);
      }
      expect(isOpenAt(whole, from + length * hour)).toBe(false);
    }
  });
});

/** With clocks that change at two, at midnight, by half an hour, and never. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
] as const;
const someHours = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1_439 }),
    to: fc.integer({ min: 1, max: 1_440 }),
    zone: fc.constantFrom(...zones),
  })
  .filter(({ from, to }) => from !== to)
  .map((hours): Hours => ({ ...hours, written: '' }));
/** Around the days on which clocks are changed somewhere, and on any other. */
const someMoment = fc.oneof(
  fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
  ...['2026-03-08', '2026-03-29', '2026-04-05', '2026-04-24', '2026-09-06', '2026-10-25']
    .map((text) => at(`${text}T00:00:00Z`))
    .map((midnight) => fc.integer({ min: midnight - day, max: midnight + 2 * day })),
);

const format = Object.fromEntries(
  zones.map((zone) => {
    const shown = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;
    const how = { ...shown, timeZone: zone, hourCycle: 'h23', timeZoneName: 'longOffset' } as const;
    return [zone, new Intl.DateTimeFormat('en-GB', how)];
  }),
);
/** What hangs on the wall there. */
const wall = (zone: string, moment: number) => {
  const parts = format[zone]?.formatToParts(moment) ?? [];
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    day: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
    offset: part('timeZoneName'),
  };
};

test('wherever clocks are not changed at the moment, it is open when the wall says so', () => {
  fc.assert(
    fc.property(someHours, someMoment, (hours, moment) => {
      const { day: today, minute: now, offset } = wall(hours.zone, moment);
      const near = [-25, -12, 12, 25].map((past) => wall(hours.zone, moment + past * hour).offset);
      fc.pre(near.every((one) => one === offset));
      const { days, from, to } = hours;
      const yesterday = ((today + 5) % 7) + 1;
      const open =
        to > from
          ? days.includes(today) && from <= now && now < to
          : (days.includes(today) && now >= from) || (days.includes(yesterday) && now < to);
      expect(isOpenAt(window(hours), moment)).toBe(open);
    }),
    { numRuns: inputs(200) },
  );
});

test('whatever clocks do, it is closed until the next opening and open from then on', () => {
  fc.assert(
    fc.property(
      fc.array(someHours, { minLength: 1, maxLength: 2 }),
      someMoment,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (hours, moment, part) => {
        const some = window(...hours);
        fc.pre(!isOpenAt(some, moment));
        const next = nextOpening(some, moment);
        expect(next).not.toBeNull();
        const opens = next?.at ?? 0;
        expect(opens).toBeGreaterThan(moment);
        expect(opens - moment).toBeLessThanOrEqual(14 * day + hour);
        expect(isOpenAt(some, opens)).toBe(true);
        for (const early of [opens - 1, Math.floor(moment + part * (opens - 1 - moment))]) {
          expect(isOpenAt(some, early)).toBe(false);
        }
      },
    ),
    { numRuns: inputs(150) },
  );
});
