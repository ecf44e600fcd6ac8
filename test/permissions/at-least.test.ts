import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApprovalSet, Vote } from '../../src/core/approval.ts';
import { isApproved } from '../../src/permissions/approval.ts';
import { isAtLeast, strictest } from '../../src/permissions/at-least.ts';
import { setsAnywhere as usualSets } from '../support/approvals-anywhere.ts';
import { inputs } from '../support/inputs.ts';

const { none, confirm, one, two } = usualSets as Record<
  'none' | 'confirm' | 'one' | 'two',
  ApprovalSet
>;
const { stepUp: _proof, ...unproven } = two;
const all = ['manager', 'security', 'owner'];
const roles = fc.subarray(all, { minLength: 1 });
const slots = fc.array(fc.record({ n: fc.integer({ min: 1, max: 2 }), anyOf: roles }), {
  maxLength: 3,
});
const set = slots.chain((wanted) =>
  fc.record({
    name: fc.constant('set'),
    slots: fc.constant(wanted),
    requesterConfirms: wanted.length === 0 ? fc.boolean() : fc.constant(false),
    waits: fc.constant(1),
    validFor: fc.constant(1),
    reason: fc.constantFrom(0, 20),
    typedTarget: fc.boolean(),
  }),
);
const planHash = 'a'.repeat(64);
const people = fc.array(fc.subarray(all), { maxLength: 6 });

/** Whether these people are enough, the requester having confirmed. */
const approved = (approval: ApprovalSet, held: readonly string[][], confirmed: boolean) => {
  const vote = (kind: Vote['kind'], person: string, mine: string[]): Vote => ({
    person,
    kind,
    roles: mine,
    planHash,
    note: null,
    at: 0,
  });
  const votes = held.map((mine, index) => vote('approve', `U${index}`, mine));
  const own = confirmed ? [vote('confirm', 'asker', [])] : [];
  return isApproved({ planHash, approval, requester: 'asker', about: [] }, [...own, ...votes]);
};

describe('a set that asks for at least as much as another', () => {
  test('is never filled by people who would not fill the other', () => {
    fc.assert(
      fc.property(set, set, people, (stricter, other, held) => {
        fc.pre(isAtLeast(stricter, other) && approved(stricter, held, true));
        expect(approved({ ...other, requesterConfirms: false }, held, true)).toBe(true);
      }),
      { numRuns: inputs(3_000) },
    );
  });

  test('is known to be one whenever no people show otherwise', () => {
    const asks = { reason: 0, typedTarget: false, requesterConfirms: false };
    const few = fc.array(fc.record({ n: fc.constant(1), anyOf: roles }), { maxLength: 3 });
    fc.assert(
      fc.property(few, few, (mine, yours) => {
        const [stricter, other] = [mine, yours].map((some) => ({ ...none, ...asks, slots: some }));
        if (!stricter || !other || isAtLeast(stricter, other)) return;
        const ways = stricter.slots.reduce<string[][]>(
          (so, { anyOf }) => so.flatMap((way) => anyOf.map((role) => way.concat(role))),
          [[]],
        );
        const shown = ways.some((way) => {
          const held = way.map((role) => [role]);
          return approved(stricter, held, false) && !approved(other, held, false);
        });
        expect(shown).toBe(true);
      }),
      { numRuns: inputs(2_000) },
    );
  });

  test.each([
    ['two people', two, one, true],
    ['one person', one, two, false],
    ['one person, instead of the requester’s word', one, confirm, true],
    ['the requester’s word', confirm, none, true],
    ['nothing', none, confirm, false],
    ['no reason', { ...two, reason: 0 }, two, false],
    ['no typed target', { ...two, typedTarget: false }, two, false],
    ['no one-time password', unproven, two, false],
    ['a one-time password', two, unproven, true],
    ['no incident', two, { ...two, incident: 'required' as const }, false],
    ['the same, with a one-time password', two, two, true],
    [
      'the same, with an incident',
      { ...two, incident: 'required' as const },
      { ...two, incident: 'required' as const },
      true,
    ],
  ])('%s', (_what, mine, yours, is) => {
    expect(isAtLeast(mine, yours)).toBe(is);
  });
});

test('the strictest of two asks for all that both do', () => {
  fc.assert(
    fc.property(set, set, (mine, yours) => {
      const both = strictest(mine, yours);
      expect([isAtLeast(both, mine), isAtLeast(both, yours)]).toEqual([true, true]);
    }),
    { numRuns: inputs(2_000) },
  );
});

describe('the strictest of two', () => {
  const word = { ...none, requesterConfirms: true };

  test('is the one that asks for all that the other does, as it is', () => {
    expect(strictest(two, one)).toBe(two);
    expect(strictest(one, two)).toBe(two);
  });

  test('is else made of both: the longer wait, the shorter validity, the longer reason', () => {
    const patient = { ...one, waits: 10, validFor: 10, reason: 5, typedTarget: true };
    const hasty = { ...one, slots: [{ n: 1, anyOf: ['x'] }], waits: 20, validFor: 20, reason: 0 };
    for (const both of [strictest(patient, hasty), strictest(hasty, patient)]) {
      expect(both).toMatchObject({ waits: 20, validFor: 10, reason: 5, typedTarget: true });
      expect(both.slots).toHaveLength(patient.slots.length + 1);
      expect(both.requesterConfirms).toBe(false);
    }
    const untyped = { ...patient, typedTarget: false };
    expect(strictest(untyped, hasty).typedTarget).toBe(false);
  });

  test.each([
    ['one of them', word, none, true],
    ['the other', none, word, true],
    ['neither', none, none, false],
  ])(
    'asks for the requester’s word when %s does and nobody else is asked',
    (_, mine, yours, is) => {
      const both = strictest({ ...mine, reason: 20 }, { ...yours, typedTarget: true });
      expect(both.requesterConfirms).toBe(is);
    },
  );

  test('tells of what nobody decides everybody whom one of them names, as soon as one of them says', () => {
    const slow = { ...one, slots: [], reason: 5, escalate: { after: 300, to: ['a', 'b'] } };
    const soon = { ...one, reason: 0, escalate: { after: 100, to: ['b', 'c'] } };
    const silent = { ...one, reason: 0 };
    delete silent.escalate;
    for (const both of [strictest(slow, soon), strictest(soon, slow)]) {
      expect(both.escalate?.after).toBe(100);
      expect(both.escalate?.to.toSorted()).toEqual(['a', 'b', 'c']);
    }
    for (const both of [strictest(slow, silent), strictest(silent, slow)]) {
      expect(both.escalate).toEqual(slow.escalate);
    }
    expect(strictest({ ...silent, slots: [], reason: 5 }, silent)).not.toHaveProperty('escalate');
  });

  test('asks for nobody’s own word where others are asked', () => {
    const both = strictest({ ...word, reason: 20 }, { ...one, reason: 0, typedTarget: true });
    expect(both.requesterConfirms).toBe(false);
  });
});
