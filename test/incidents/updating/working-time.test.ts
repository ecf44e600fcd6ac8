import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WorkingHours } from '../../../src/core/incident-rules.ts';
import {
  afterWorkingDays,
  isWorking,
  nextWorking,
} from '../../../src/incidents/updating/working-time.ts';

const berlin: WorkingHours = { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: 540, to: 1_020 };
const at = (text: string) => Date.parse(text);
const shown = (moment: number) => new Date(moment).toISOString();

test.each([
  ['2026-11-16T08:00:00Z', true],
  ['2026-11-16T07:59:00Z', false],
  ['2026-11-16T15:59:00Z', true],
  ['2026-11-16T16:00:00Z', false],
  ['2026-11-21T10:00:00Z', false],
  ['2026-07-06T07:00:00Z', true],
])('people in Berlin work at %s: %s', (moment, works) => {
  expect(isWorking(berlin, at(moment))).toBe(works);
});

test.each([
  ['2026-11-16T10:00:00Z', '2026-11-16T10:00:00.000Z'],
  ['2026-11-16T05:00:00Z', '2026-11-16T08:00:00.000Z'],
  ['2026-11-20T18:00:00Z', '2026-11-23T08:00:00.000Z'],
  ['2026-03-27T18:00:00Z', '2026-03-30T07:00:00.000Z'],
])('after %s people work again at %s', (moment, again) => {
  expect(shown(nextWorking(berlin, at(moment)))).toBe(again);
});

test.each([
  ['2026-11-16T10:00:00Z', 3, '2026-11-19T16:00:00.000Z'],
  ['2026-11-20T23:30:00Z', 1, '2026-11-23T16:00:00.000Z'],
  ['2026-10-23T10:00:00Z', 1, '2026-10-26T16:00:00.000Z'],
])('from %s, %s working days end at %s', (moment, days, end) => {
  expect(shown(afterWorkingDays(berlin, at(moment), days))).toBe(end);
});

test('whatever the hours and the moment: people work at the next one, and nobody does before it', () => {
  const hours = fc.record({
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1_000 }),
    to: fc.integer({ min: 1_001, max: 1_440 }),
  });
  const moment = fc.integer({ min: at('2026-01-01'), max: at('2027-12-31') });
  fc.assert(
    fc.property(
      hours,
      moment,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (one, now, share) => {
        const next = nextWorking(one, now);
        expect(next).toBeGreaterThanOrEqual(now);
        expect(isWorking(one, next)).toBe(true);
        const between = now + Math.floor((next - now) * share);
        if (between < next) expect(isWorking(one, between)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});
