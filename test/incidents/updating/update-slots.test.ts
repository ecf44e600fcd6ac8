import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Incident } from '../../../src/core/incident.ts';
import { slotAfter, slotsUntil } from '../../../src/incidents/updating/update-slots.ts';
import { declared, done, minute, ten, wake } from '../stage.ts';

const hour = 60 * minute;
const working = (at: number): boolean => {
  const date = new Date(at);
  return ![0, 6].includes(date.getUTCDay()) && date.getUTCHours() >= 9 && date.getUTCHours() < 17;
};

/** A SEV3, whose updates rest outside of working hours, with its next one promised in so many minutes. */
const promised = (at: number, inMinutes: number): Incident =>
  done(
    declared({ severity: 3, page: false }),
    {
      ...{ kind: 'update', known: 'it is slow', doing: null, need: null, state: null },
      ...{ nextIn: inMinutes * minute, reason: 'nobody is here later', stakeholders: null },
    },
    { at },
  ).incident;

/** What was promised, and what the grid from there on has in working hours. */
function promisedUntil(slot: number, every: number, now: number): number[] {
  const all: number[] = [];
  for (let at = slot; at <= now; at += every) if (at === slot || working(at)) all.push(at);
  return all;
}

test('a slot that was promised for the evening counts, and so do all of the nights after it', () => {
  const incident = promised(ten + 6 * hour, 90); // half past five
  const [update] = wake(incident, ten + 48 * hour);
  // 17:30; 09:30, 11:30, 13:30, 15:30 on Tuesday; 09:30 on Wednesday
  expect(update?.facts).toMatchObject({ slot: ten + 7.5 * hour, merged: 5 });
  expect(update?.incident.updates).toMatchObject({ posted: 2, merged: 2 + 5 });
  expect(update?.facts.mergedSlots).toEqual(
    [23.5, 25.5, 27.5, 29.5, 47.5].map((after) => ten + after * hour),
  );
  expect(update?.facts.next).toBe(ten + 49.5 * hour);
});

test('whenever it is promised and however long nobody is there, no slot is lost and none counted twice', () => {
  const said = fc.record({
    at: fc.integer({ min: 0, max: 5 * 24 * 60 }),
    next: fc.integer({ min: 5, max: 240 }),
    away: fc.integer({ min: 0, max: 9 * 24 * 60 }),
  });
  fc.assert(
    fc.property(said, ({ at, next, away }) => {
      const incident = promised(ten + at * minute, next);
      const slot = incident.updates.next ?? expect.fail('nothing is promised');
      const now = slot + away * minute;
      const expected = promisedUntil(slot, 2 * hour, now);
      const [update] = wake(incident, now).filter(({ event }) => event === 'incident.updated');
      expect(update?.facts.merged).toBe(expected.length - 1);
      expect(update?.facts.mergedSlots ?? []).toEqual(expected.slice(1));
      expect(update?.incident.updates.next).toBeGreaterThan(now);
      expect(working(update?.incident.updates.next ?? 0)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a grid that has no slot while people work is left for the next morning, and counted so', () => {
  const incident = {
    ...promised(ten, 60),
    updates: { ...promised(ten, 60).updates, every: 24 * hour },
  };
  const night = ten + 12 * hour;
  const slots = slotsUntil(incident, night, 24 * hour, night + 100 * hour);
  const again: number[] = [];
  for (let at = night; at <= night + 100 * hour; at = slotAfter(incident, at, 24 * hour, at)) {
    again.push(at);
  }
  expect(slots).toEqual({ count: again.length, first: again });
  expect(again.slice(1).every(working)).toBe(true);
  expect(again.length).toBeGreaterThan(1);
});

test('years of slots are counted, and the first hundred of them named', () => {
  const { count, first } = slotsUntil(declared(), ten, 15 * minute, ten + 1_000 * 24 * hour);
  expect([count, first.length]).toEqual([96_001, 100]);
});
