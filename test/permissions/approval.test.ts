import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApprovalSet, Vote } from '../../src/core/approval.ts';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import {
  approvalSetFor,
  approverRoles,
  countedVotes,
  decidesAboutOneself,
  isApproved,
  mayVote,
  needsNothing,
  type Question,
  questionOf,
  withoutOwnWord,
} from '../../src/permissions/approval.ts';
import { fills, type Voter } from '../../src/permissions/matching.ts';
import { inputs } from '../support/inputs.ts';
import { someRun } from '../support/some-run.ts';
import { everyWay } from './every-way.ts';

const { production, elsewhere } = defaultApprovals;
const hash = 'a'.repeat(64);
const question = (approval: ApprovalSet, about: string[] = []): Question => ({
  planHash: hash,
  approval,
  requester: 'asker',
  about,
});
const vote = (person: string, roles: string[], change: Partial<Vote> = {}): Vote => ({
  person,
  kind: 'approve',
  roles,
  planHash: hash,
  note: null,
  at: 0,
  ...change,
});

const roles = fc.subarray(['manager', 'security', 'owner']);
const slots = fc.array(fc.record({ n: fc.integer({ min: 0, max: 2 }), anyOf: roles }), {
  maxLength: 3,
});
const voters = fc.array(fc.record({ person: fc.constantFrom('a', 'b', 'c', 'd'), roles }), {
  maxLength: 5,
});

/** The last that is known of each. */
const each = (people: readonly Voter[]): Voter[] => [
  ...new Map(people.map((voter) => [voter.person, voter])).values(),
];

describe('slots', () => {
  test('are filled exactly when some way to hand them out to distinct people exists', () => {
    fc.assert(
      fc.property(slots, voters, (wanted, people) => {
        expect(fills(wanted, people)).toBe(everyWay(wanted, each(people)));
      }),
      { numRuns: inputs(2_000) },
    );
  });

  test('are filled whatever the order in which people say yes', () => {
    fc.assert(
      fc.property(slots, voters, fc.integer(), (wanted, people, turn) => {
        const all = each(people);
        const at = all.length === 0 ? 0 : Math.abs(turn) % all.length;
        const turned = [...all.slice(at), ...all.slice(0, at)].toReversed();
        expect(fills(wanted, turned)).toBe(fills(wanted, all));
      }),
    );
  });

  test('once filled are not emptied by one more yes', () => {
    fc.assert(
      fc.property(slots, voters, roles, (wanted, people, held) => {
        fc.pre(fills(wanted, people));
        expect(fills(wanted, [...people, { person: 'more', roles: held }])).toBe(true);
      }),
    );
  });

  const two = production.destructive.slots;
  test.each([
    ['one person with both roles', [['a', 'manager', 'security']], false],
    [
      'the same person twice',
      [
        ['a', 'manager'],
        ['a', 'manager'],
      ],
      false,
    ],
    [
      'a manager and security',
      [
        ['a', 'manager'],
        ['b', 'security'],
      ],
      true,
    ],
    [
      'security twice',
      [
        ['a', 'security'],
        ['b', 'security'],
      ],
      false,
    ],
    [
      'one with both roles, then a manager',
      [
        ['a', 'manager', 'security'],
        ['b', 'manager'],
      ],
      true,
    ],
    [
      'one with both roles, then security',
      [
        ['a', 'manager', 'security'],
        ['b', 'security'],
      ],
      true,
    ],
    [
      'three where two are needed',
      [
        ['a', 'manager'],
        ['b', 'manager'],
        ['c', 'manager'],
      ],
      true,
    ],
  ])('two people of which one manager: %s', (_who, people, filled) => {
    const given = people.map(([person = '', ...held]) => ({ person, roles: held }));
    expect(fills(two, given)).toBe(filled);
  });
});

describe('a vote', () => {
  const high = question(production.high);

  test('of a manager is enough for what is of high risk', () => {
    expect(isApproved(high, [])).toBe(false);
    expect(isApproved(high, [vote('m', ['manager'])])).toBe(true);
  });

  test.each([
    ['of the requester', vote('asker', ['manager', 'admin'])],
    ['of whom it is about', vote('victim', ['manager'])],
    ['for another plan', vote('m', ['manager'], { planHash: 'b'.repeat(64) })],
    ['without the role', vote('m', ['admin', 'oncall'])],
    ['that says no', vote('m', ['manager'], { kind: 'deny' })],
    ['that confirms', vote('m', ['manager'], { kind: 'confirm' })],
  ])('%s never counts', (_whose, cast) => {
    expect(isApproved(question(production.high, ['victim']), [cast])).toBe(false);
  });

  test('never counts for the requester, whatever else is voted', () => {
    const votes = fc.array(
      fc
        .record({ person: fc.constantFrom('asker', 'a', 'b'), roles })
        .map((v) => vote(v.person, v.roles)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(slots, votes, (wanted, cast) => {
        const asked = question({ ...production.high, slots: wanted });
        const others = cast.filter(({ person }) => person !== 'asker');
        expect(isApproved(asked, cast)).toBe(isApproved(asked, others));
      }),
    );
  });

  test('of the requester is what low risk needs, and nothing else will do', () => {
    const low = question(production.low);
    expect(isApproved(low, [vote('asker', [], { kind: 'confirm' })])).toBe(true);
    expect(isApproved(low, [vote('m', ['manager'], { kind: 'confirm' })])).toBe(false);
    expect(isApproved(low, [vote('m', ['manager'])])).toBe(false);
    const other = vote('asker', [], { kind: 'confirm', planHash: 'b'.repeat(64) });
    expect(isApproved(low, [other])).toBe(false);
  });
});

describe('who may vote', () => {
  const asked = question(production.destructive, ['victim']);
  const may = (id: string, held: string[], kind: Vote['kind'], about = asked) => {
    const said = mayVote({ id, roles: held }, about, kind);
    return said.ok ? 'may' : said.error.kind;
  };

  test.each(['approve', 'deny'] as const)('to %s: the roles that the slots name', (kind) => {
    expect(may('m', ['manager'], kind)).toBe('may');
    expect(may('s', ['security'], kind)).toBe('may');
    expect(may('o', ['oncall', 'admin'], kind)).toBe('not-eligible');
    expect(may('asker', ['manager', 'admin'], kind)).toBe('own-request');
    expect(may('victim', ['manager'], kind)).toBe('not-eligible');
  });

  test('to confirm: only the requester, and only where that is asked for', () => {
    expect(may('asker', [], 'confirm')).toBe('own-request');
    expect(may('asker', [], 'confirm', question(elsewhere.high))).toBe('may');
    expect(may('m', ['manager'], 'confirm', question(elsewhere.high))).toBe('not-yours');
  });

  test('a refusal names the roles that could', () => {
    expect(mayVote({ id: 'o', roles: [] }, asked, 'approve')).toEqual({
      ok: false,
      error: { kind: 'not-eligible', roles: ['manager', 'security'] },
    });
  });
});

test('a yes of somebody who may not vote changes nothing', () => {
  const person = fc.record({ id: fc.constantFrom('asker', 'victim', 'a', 'b', 'c'), roles });
  const people = fc.uniqueArray(person, { maxLength: 5, selector: ({ id }) => id });
  fc.assert(
    fc.property(slots, people, (wanted, all) => {
      const asked = question({ ...production.high, slots: wanted }, ['victim']);
      const approved = (who: typeof all) =>
        isApproved(
          asked,
          who.map(({ id, roles: held }) => vote(id, held)),
        );
      expect(approved(all)).toBe(approved(all.filter((one) => mayVote(one, asked, 'approve').ok)));
    }),
  );
});

test('the risk and the environment say what is needed', () => {
  const name = (risk: 'low' | 'high' | 'destructive', prod: boolean) =>
    approvalSetFor(defaultApprovals, risk, prod).name;
  expect([name('low', true), name('high', true), name('destructive', true)]).toEqual([
    'confirm',
    'one',
    'two',
  ]);
  expect([name('low', false), name('high', false), name('destructive', false)]).toEqual([
    'confirm',
    'confirm',
    'one',
  ]);
  expect(production.destructive).toMatchObject({ typedTarget: true, reason: 20, waits: 1_800_000 });
});

describe('the word of the requester', () => {
  const low = question(production.low);
  const own = (change: Partial<Vote> = {}) => vote('asker', [], { kind: 'confirm', ...change });

  test.each(['approve', 'deny'] as const)('is no word when it only says %s', (kind) => {
    expect(isApproved(low, [vote('asker', ['manager'], { kind })])).toBe(false);
  });

  test('counts whatever others say beside it', () => {
    expect(isApproved(low, [own(), vote('m', ['manager'])])).toBe(true);
    expect(isApproved(low, [vote('m', ['manager']), own()])).toBe(true);
  });

  test('is asked for beside the word of others where both are', () => {
    const both = question({ ...production.high, requesterConfirms: true });
    const yes = vote('m', ['manager']);
    expect([isApproved(both, [own()]), isApproved(both, [yes])]).toEqual([false, false]);
    expect(isApproved(both, [own(), yes])).toBe(true);
  });
});

describe('a one-time password, where it is asked for', () => {
  const asked = question({ ...production.high, stepUp: 'totp' });
  const low = question({ ...production.low, stepUp: 'totp' });

  test('is what a vote counts with, and without it none does', () => {
    const bare = vote('m', ['manager']);
    expect(isApproved(asked, [bare])).toBe(false);
    expect(isApproved(asked, [{ ...bare, steppedUp: true }])).toBe(true);
    expect(countedVotes(asked, [bare])).toEqual([]);
  });

  test('is what the requester confirms with', () => {
    const bare = vote('asker', [], { kind: 'confirm' });
    expect(isApproved(low, [bare])).toBe(false);
    expect(isApproved(low, [{ ...bare, steppedUp: true }])).toBe(true);
  });

  test('proves only who it is: it fills no slot of another role', () => {
    expect(isApproved(asked, [vote('m', ['oncall'], { steppedUp: true })])).toBe(false);
  });
});

test('nothing is needed exactly when no place is to be filled and nobody has to confirm', () => {
  const bare: ApprovalSet = { ...production.high, slots: [], requesterConfirms: false };
  const place = (n: number) => ({ n, anyOf: ['manager'] });
  expect(needsNothing(bare)).toBe(true);
  expect(needsNothing({ ...bare, slots: [place(0)] })).toBe(true);
  expect(needsNothing({ ...bare, slots: [place(0), place(1)] })).toBe(false);
  expect(needsNothing({ ...bare, requesterConfirms: true })).toBe(false);
  expect(isApproved(question(bare), [])).toBe(true);
});

test('each role that fills a slot is named once', () => {
  const slots = [
    { n: 1, anyOf: ['manager'] },
    { n: 2, anyOf: ['manager', 'security'] },
  ];
  expect(approverRoles({ ...production.high, slots })).toEqual(['manager', 'security']);
});

test('whoever may vote is told so', () => {
  const yes = { ok: true, value: true };
  const asked = question(production.high);
  expect(mayVote({ id: 'm', roles: ['oncall', 'manager'] }, asked, 'approve')).toEqual(yes);
  expect(mayVote({ id: 'asker', roles: [] }, question(production.low), 'confirm')).toEqual(yes);
});

test('a run asks a question once it has both a plan and an approval', () => {
  const run = someRun();
  expect(questionOf(run, ['U9'])).toEqual({
    planHash: run.plan?.hash,
    approval: run.approval,
    requester: run.requestedBy.id,
    about: ['U9'],
  });
  expect(questionOf({ ...run, plan: null }, [])).toBeNull();
  expect(questionOf({ ...run, approval: null }, [])).toBeNull();
});

describe('what is about who asked for it', () => {
  const aboutMe = (set: ApprovalSet): Question => question(set, ['asker']);
  const alone: ApprovalSet = { ...production.high, slots: [], requesterConfirms: true };
  const nothing: ApprovalSet = { ...alone, requesterConfirms: false };
  const word = vote('asker', ['manager'], { kind: 'confirm' });
  const asker = { id: 'asker', roles: ['manager'] };

  test('is not decided by their own word, nor without any', () => {
    for (const set of [alone, nothing, { ...nothing, slots: [{ n: 0, anyOf: ['manager'] }] }]) {
      expect(decidesAboutOneself(aboutMe(set))).toBe(true);
      expect(isApproved(aboutMe(set), [word])).toBe(false);
      expect(decidesAboutOneself(question(set, ['somebody']))).toBe(false);
      expect(isApproved(question(set, ['somebody']), [word])).toBe(true);
    }
    expect(mayVote(asker, aboutMe(alone), 'confirm')).toEqual({
      ok: false,
      error: { kind: 'about-yourself' },
    });
    expect(mayVote(asker, question(alone, ['somebody']), 'confirm').ok).toBe(true);
  });

  test('is decided by others as ever', () => {
    expect(decidesAboutOneself(aboutMe(production.high))).toBe(false);
    expect(isApproved(aboutMe(production.high), [vote('m', ['manager'])])).toBe(true);
  });
});

describe('whoever has given their word already', () => {
  const { low } = production;

  test('is not asked for it once more, where nobody else has a say and there is little risk', () => {
    const set = withoutOwnWord(low, 'low');
    expect([low.requesterConfirms, set.requesterConfirms, set.ownWord]).toEqual([
      true,
      false,
      'given',
    ]);
    expect(needsNothing(set)).toBe(true);
  });

  test('is not asked for it once more where a slot is for nobody', () => {
    const nobody = { ...low, slots: [{ n: 0, anyOf: ['manager'] }] };
    expect(withoutOwnWord(nobody, 'low').ownWord).toBe('given');
  });

  test.each<[string, ApprovalSet, 'low' | 'high' | 'destructive']>([
    ['it is risky', low, 'high'],
    ['it is destructive', low, 'destructive'],
    ['somebody else is asked', production.high, 'low'],
    ['somebody else is asked as well', { ...production.high, requesterConfirms: true }, 'low'],
    ['it has to be proved', { ...low, stepUp: 'totp' }, 'low'],
    ['nobody asks for it', { ...low, requesterConfirms: false }, 'low'],
  ])('changes nothing where %s', (_what, set, risk) => {
    expect(withoutOwnWord(set, risk)).toEqual(set);
  });
});
