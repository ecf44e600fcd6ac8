import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Slot, Vote } from '../../../src/core/approval.ts';
import { approvalsOf, openSlots } from '../../../src/views/runs/open-slots.ts';
import { someRun, someYes } from '../../support/some-run.ts';

const role = fc.constantFrom('a', 'b', 'c');
const roles = fc.uniqueArray(role, { maxLength: 3 });
const slots = fc.array(fc.record({ n: fc.integer({ min: 1, max: 2 }), anyOf: roles }), {
  maxLength: 3,
});
const yeses = fc
  .array(roles, { maxLength: 5 })
  .map((all) => all.map((held, index): Vote => ({ ...someYes, person: `U${index}`, roles: held })));

/** Tries every way to place people. */
function mostFilled(places: readonly Slot[], voters: readonly Vote[]): number {
  const [voter, ...others] = voters;
  if (!voter) return 0;
  const placed = places.flatMap(({ anyOf }, index) =>
    voter.roles.some((held) => anyOf.includes(held))
      ? [1 + mostFilled(places.toSpliced(index, 1), others)]
      : [],
  );
  return Math.max(mostFilled(places, others), ...placed);
}

test('as many slots are open as the best placing of distinct people leaves', () => {
  fc.assert(
    fc.property(slots, yeses, (wanted, voters) => {
      const open = openSlots({ slots: wanted }, voters).reduce((sum, { n }) => sum + n, 0);
      const places = wanted.flatMap((slot) => Array.from({ length: slot.n }, () => slot));
      expect(open).toBe(places.length - mostFilled(places, voters));
    }),
    { numRuns: 300 },
  );
});

test('a person with two roles fills one slot, and the requester and older plans fill none', () => {
  const both = [{ ...someYes, roles: ['a', 'b'] }];
  const two = {
    slots: [
      { n: 1, anyOf: ['a'] },
      { n: 1, anyOf: ['b'] },
    ],
  };
  expect(openSlots(two, both)).toHaveLength(1);
  const votes: Vote[] = [
    someYes,
    someYes,
    { ...someYes, person: 'UONCALL' },
    { ...someYes, person: 'UOTHER', planHash: 'f'.repeat(64) },
    { ...someYes, person: 'UNO', kind: 'deny' },
  ];
  expect(approvalsOf(someRun({ votes }))).toEqual([someYes]);
});
