import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, isZone, offsetAt } from '../../src/core/local-time.ts';
import { onCallAt, type Rota, turnBegins, type Weekly } from '../../src/core/rota.ts';

const [hour, week] = [3_600_000, 604_800_000];
const at = (text: string): number => Date.parse(text);
const berlin: Weekly = {
  people: ['user:U1', 'user:U2', 'user:U3'],
  zone: 'Europe/Berlin',
  first: { year: 2026, month: 3, day: 9, hour: 9, minute: 0 },
};
const rotation = (weekly: Weekly, shifts: Rota['shifts'] = []): Rota => ({ weekly, shifts });

describe('clocks of a zone', () => {
  test.each([
    ['in winter', { year: 2026, month: 1, day: 15, hour: 9, minute: 0 }, '2026-01-15T08:00:00Z'],
    ['in summer', { year: 2026, month: 7, day: 15, hour: 9, minute: 0 }, '2026-07-15T07:00:00Z'],
    [
      'never show it',
      { year: 2026, month: 3, day: 29, hour: 2, minute: 30 },
      '2026-03-29T01:30:00Z',
    ],
    [
      'show it twice',
      { year: 2026, month: 10, day: 25, hour: 2, minute: 30 },
      '2026-10-25T00:30:00Z',
    ],
    [
      'after the end of a month',
      { year: 2026, month: 1, day: 46, hour: 9, minute: 0 },
      '2026-02-15T08:00:00Z',
    ],
  ])('%s', (_when, time, expected) => {
    expect(instantOf(time, 'Europe/Berlin')).toBe(at(expected));
  });

  test('a moment is the one at which they show what was asked for, wherever and whenever that is', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    );
    const moment = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2037-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zone, moment, (where, date) => {
        const asked = Math.floor(date.getTime() / 60_000) * 60_000;
        const shown = new Date(asked + offsetAt(asked, where));
        const time = {
          year: shown.getUTCFullYear(),
          month: shown.getUTCMonth() + 1,
          day: shown.getUTCDate(),
          hour: shown.getUTCHours(),
          minute: shown.getUTCMinutes(),
        };
        const found = instantOf(time, where);
        expect(found + offsetAt(found, where)).toBe(asked + offsetAt(asked, where));
        expect(found).toBeLessThanOrEqual(asked);
      }),
      { numRuns: 500 },
    );
  });

  test('there are zones, and words that are none', () => {
    expect(['Europe/Berlin', 'UTC', 'Europe/Nowhere', ''].map(isZone)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a weekly rotation', () => {
  test('has nobody before its first turn, and somebody from then on', () => {
    const begins = turnBegins(berlin, 0);
    expect(onCallAt(rotation(berlin), begins - 1)).toEqual([]);
    expect(onCallAt(rotation(berlin), begins)).toEqual(['user:U1']);
    expect(onCallAt(rotation(berlin), begins - 5 * week)).toEqual([]);
  });

  test('hands over at the same hour on the wall when clocks change', () => {
    expect(turnBegins(berlin, 3) - turnBegins(berlin, 2)).toBe(week - hour);
    expect(new Date(turnBegins(berlin, 3)).toISOString()).toBe('2026-03-30T07:00:00.000Z');
    expect(onCallAt(rotation(berlin), at('2026-03-30T06:59:59.999Z'))).toEqual(['user:U3']);
    expect(onCallAt(rotation(berlin), at('2026-03-30T07:00:00Z'))).toEqual(['user:U1']);
    const autumn = { ...berlin, first: { ...berlin.first, month: 10, day: 19 } };
    expect(turnBegins(autumn, 1) - turnBegins(autumn, 0)).toBe(week + hour);
  });

  const weekly: fc.Arbitrary<Weekly> = fc.record({
    people: fc.uniqueArray(fc.constantFrom('user:U1', 'user:U2', 'user:U3', 'group:S1'), {
      minLength: 1,
    }),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
    first: fc.record({
      year: fc.integer({ min: 2024, max: 2027 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.constantFrom(0, 30),
    }),
  });
  const turn = fc.nat(300);

  test('has exactly one on call at every moment, from one hand-over to just before the next', () => {
    fc.assert(
      fc.property(
        weekly,
        turn,
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (one, k, part) => {
          const [begins, ends] = [turnBegins(one, k), turnBegins(one, k + 1)];
          const person = one.people[k % one.people.length];
          for (const moment of [begins, ends - 1, Math.floor(begins + part * (ends - begins))]) {
            expect(onCallAt(rotation(one), moment)).toEqual([person]);
          }
          expect(Math.abs(ends - begins - week)).toBeLessThanOrEqual(hour);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('dated shifts', () => {
  const shift = (who: string, from: string, to: string) => ({
    who: [who],
    from: at(from),
    to: at(to),
  });
  const rota = rotation(berlin, [
    shift('user:U8', '2026-04-01T00:00:00Z', '2026-04-03T00:00:00Z'),
    shift('user:U9', '2026-04-02T00:00:00Z', '2026-04-04T00:00:00Z'),
  ]);

  test.each([
    ['2026-03-31T23:59:59.999Z', ['user:U1']],
    ['2026-04-01T00:00:00Z', ['user:U8']],
    ['2026-04-02T12:00:00Z', ['user:U8', 'user:U9']],
    ['2026-04-03T00:00:00Z', ['user:U9']],
    ['2026-04-04T00:00:00Z', ['user:U1']],
  ])('count while they last, and the rotation does not: at %s', (when, expected) => {
    expect(onCallAt(rota, at(when))).toEqual(expected);
  });

  test('without a rotation leave nobody between them', () => {
    expect(onCallAt({ ...rota, weekly: null }, at('2026-05-01T00:00:00Z'))).toEqual([]);
  });
});
