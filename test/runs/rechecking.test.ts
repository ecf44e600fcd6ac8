import { describe, expect, test } from 'vitest';
import type { Vote } from '../../src/core/approval.ts';
import type { Standing } from '../../src/core/person.ts';
import type { Run } from '../../src/core/run.ts';
import type { SecondFactor } from '../../src/core/second-factor.ts';
import { clickAge } from '../../src/runs/asking/people.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { recheck } from '../../src/runs/voting/recheck.ts';
import { takeVote } from '../../src/runs/voting/take-vote.ts';
import { oneManager, someRun, someYes } from '../support/some-run.ts';
import { someTools } from './some-tools.ts';

const approved = someRun({ state: 'approved', votes: [someYes] });
const two = { ...oneManager, slots: [{ n: 2, anyOf: ['manager'] }] };
const [first, second] = ['U1', 'U2'].map((person) => ({ ...someYes, person }));
const byTwo = someRun({ state: 'approved', approval: two, votes: [first, second] as Run['votes'] });

const away = (why: string): Standing => ({
  kind: 'unverified',
  person: { id: '', team: '', roles: [] },
  why,
});
const manager: Standing = { kind: 'member', person: { id: '', team: '', roles: ['manager'] } };

/** What comes of looking again, when the directory says this of people; all others are members without roles. */
const again = (run: Run, said: Record<string, Standing> = {}, change: Partial<RunTools> = {}) =>
  recheck(
    someTools({
      directory: {
        standing: async (id, team) =>
          said[id] ?? { kind: 'member', person: { id, team, roles: [] } },
      },
      ...change,
    }).tools,
    run,
  );

const lost =
  'An approval does not count any more: who gave it has lost the role since. Nothing was done.';

test('a vote relies on what was known half a minute ago at most, and a beginning on nothing that was known before', async () => {
  const ages: (number | undefined)[] = [];
  const directory: RunTools['directory'] = {
    standing: async (id, team, how) => {
      ages.push(how?.maxAge);
      return { kind: 'member', person: { id, team, roles: ['manager'] } };
    },
  };
  const waiting = someRun({ state: 'waiting', approval: oneManager });
  const { tools } = someTools({ directory }, { find: async () => waiting });
  const by = { id: 'UMANAGER', team: 'T1', roles: [] };
  const planHash = waiting.plan?.hash.slice(0, 8) ?? '';
  const yes = { run: waiting.id, kind: 'approve', by, planHash, note: null } as const;
  expect(await takeVote(tools, { ...yes, typedTarget: null })).toMatchObject({ ok: true });
  expect(ages.splice(0)).toEqual([30_000]);
  expect(await again(approved, {}, { directory })).toMatchObject({ kind: 'yes' });
  expect(new Set(ages)).toEqual(new Set([0]));
});

describe('a run may begin', () => {
  test('when who approved still holds the role, and says which', async () => {
    expect(await again(approved, { UMANAGER: manager })).toEqual({
      kind: 'yes',
      roles: { UMANAGER: ['manager'] },
    });
  });

  test('never when they have lost it, or are gone', async () => {
    expect(await again(approved)).toEqual({ kind: 'never', why: lost });
    const gone: Standing = { kind: 'refused', why: 'deactivated' } as Standing;
    expect(await again(approved, { UMANAGER: gone })).toEqual({ kind: 'never', why: lost });
    expect(await again(byTwo, { U1: manager, U2: gone })).toEqual({ kind: 'never', why: lost });
  });

  test('later, when nobody knows it of somebody who is needed, for all of their reasons', async () => {
    expect(await again(byTwo, { U1: away('no line'), U2: away('too busy') })).toEqual({
      kind: 'not-now',
      why: 'no line; too busy',
    });
    expect(await again(byTwo, { U1: manager, U2: away('too busy') })).toEqual({
      kind: 'not-now',
      why: 'too busy',
    });
    expect(await again(byTwo, { U2: away('too busy') })).toEqual({ kind: 'never', why: lost });
  });

  test('later, when changes are stopped, which is asked every second', async () => {
    expect(await again(approved, {}, { stopped: async () => 'All is stopped.' })).toEqual({
      kind: 'not-now',
      why: 'All is stopped.',
      soon: true,
    });
  });

  test('later, when a directory breaks rather than answers', async () => {
    const breaks = {
      standing: async (id: string): Promise<Standing> =>
        id === 'UONCALL' ? manager : Promise.reject(new Error('out of memory')),
    };
    expect(await again(approved, {}, { directory: breaks })).toEqual({
      kind: 'not-now',
      why: 'out of memory',
    });
  });

  describe('where approvers prove who they are', () => {
    const proven = (person: string): Vote => ({ ...someYes, person, steppedUp: true, provenBy: 1 });
    const stepUp = { ...oneManager, stepUp: 'totp' as const };
    const byEither = someRun({
      state: 'approved',
      approval: stepUp,
      votes: [proven('U1'), proven('U2')],
    });
    const factor = (enrolledAt: SecondFactor['enrolledAt']): Partial<RunTools> => ({
      secondFactor: { hasKey: true, verify: async () => ({ kind: 'wrong' }), enrolledAt },
    });

    test('when the proof of one was revoked since and that of another is enough', async () => {
      const people = { U1: manager, U2: manager };
      const one = factor(async ({ id }) => (id === 'U2' ? 1 : null));
      expect(await again(byEither, people, one)).toMatchObject({ kind: 'yes' });
      const none = factor(async () => null);
      expect(await again(byEither, people, none)).toMatchObject({ kind: 'never' });
    });

    test('later, when nobody can say whether the proof still holds, which is asked every second', async () => {
      const people = { U1: manager, U2: manager };
      const broken = factor(() => Promise.reject(new Error('no database')));
      expect(await again(byEither, people, broken)).toEqual({
        kind: 'not-now',
        why: 'no database',
        soon: true,
      });
    });
  });

  test('never without a plan', async () => {
    expect(await again({ ...approved, plan: null })).toEqual({
      kind: 'never',
      why: 'It has no plan.',
    });
  });

  test('never when who asked is gone, and later when nobody knows', async () => {
    const gone: Standing = { kind: 'refused', why: 'deactivated' } as Standing;
    const people = { UMANAGER: manager };
    expect(await again(approved, { ...people, UONCALL: gone })).toEqual({
      kind: 'never',
      why: 'Who asked for it is not a member of this workspace any more. Nothing was done.',
    });
    expect(await again(approved, { ...people, UONCALL: away('no line') })).toEqual({
      kind: 'not-now',
      why: 'no line',
    });
  });
});

describe('whether who asked may still ask is looked up', () => {
  const asking = { roles: () => ['oncall'], may: () => true };
  const asked: unknown[] = [];
  /** What comes of it when the directory says this to the second question about who asked. */
  const when = (second: () => Promise<Standing>, may = true) => {
    asked.length = 0;
    return again(
      approved,
      {},
      {
        asking: { ...asking, may: () => may },
        directory: {
          standing: async (id, team, how) => {
            if (id !== 'UONCALL') return manager;
            asked.push(how);
            return asked.length === 2
              ? second()
              : { kind: 'member', person: { id, team, roles: [] } };
          },
        },
      },
    );
  };
  const member: Standing = { kind: 'member', person: { id: '', team: '', roles: ['oncall'] } };
  const noRight = 'Who asked for it may not ask for it any more. Nothing was done.';

  test('with the roles of the grants, by a copy that a click may rely on', async () => {
    expect(await when(async () => member)).toMatchObject({ kind: 'yes' });
    expect(asked[1]).toEqual({ maxAge: clickAge, roles: ['oncall'] });
    expect(await when(async () => member, false)).toEqual({ kind: 'never', why: noRight });
  });

  test('and whoever is gone may ask for nothing, whatever the grants say', async () => {
    const gone = { kind: 'refused', why: 'deactivated' } as Standing;
    expect(await when(async () => gone)).toEqual({ kind: 'never', why: noRight });
  });

  test('later, when nobody knows', async () => {
    expect(await when(async () => away('no line'))).toEqual({ kind: 'not-now', why: 'no line' });
    const breaks = () => Promise.reject(new Error('it broke'));
    expect(await when(breaks)).toEqual({ kind: 'not-now', why: 'it broke' });
  });
});
