import { describe, expect, test } from 'vitest';
import type { Claim } from '../../src/core/claims.ts';
import type { Run } from '../../src/core/run.ts';
import { claimRun } from '../../src/runs/claiming/claim-run.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { memoryStore } from '../support/memory-store.ts';
import { someRun, someYes } from '../support/some-run.ts';
import { someTools } from './some-tools.ts';

const approved = someRun({ state: 'approved', votes: [someYes], validUntil: 9e12 });
const target = 'rms-auth@prod';
const { tally } = memoryStore();

/** What comes of trying to begin, who has the target afterwards, and how often it was locked. */
async function claimed(change: Partial<RunTools> = {}, run: Run = approved, runs = {}) {
  const all = someTools(change, runs);
  let locked = 0;
  const locks: RunTools['locks'] = {
    ...all.store.locks,
    acquire: (...words) => {
      locked += 1;
      return all.store.locks.acquire(...words);
    },
  };
  const claim = await claimRun({ ...all.tools, locks, ...change }, run).catch(String);
  const owners = (await all.store.locks.holders(target)).map(({ owner }) => owner);
  return { ...all, claim, locked, owners };
}

const held = (why: unknown, soon: boolean) => ({ kind: 'not-now', held: { why, soon } });
const claim: Claim = {
  target,
  by: { id: 'UOTHER', team: 'T1' },
  reason: 'a night of my own',
  since: 1,
  until: 2e12,
};
const claims = (...answers: Claim[][]): RunTools['claims'] => ({
  on: async () => answers.shift() ?? [],
  endDue: async () => {},
});
const mine = expect.stringMatching(/a night of my own/);

describe('a run begins', () => {
  test('under the lock, with its fence, and forgets why it could not before', async () => {
    const { claim: one, changes, owners } = await claimed();
    expect(one).toMatchObject({ kind: 'claimed', lock: { fence: 1 }, run: { state: 'claimed' } });
    expect(owners).toEqual(['R7']);
    expect(changes).toMatchObject([
      {
        patch: { state: 'claimed', fence: 1 },
        before: 'validUntil',
        audit: { event: 'run.claimed', facts: { fence: 1, roles: { UMANAGER: ['manager'] } } },
      },
    ]);
    expect(changes[0]?.patch).not.toHaveProperty('why');
    const again = await claimed({}, { ...approved, why: 'it was in the way' });
    expect(again.changes[0]?.patch).toMatchObject({ why: null });
  });

  test('not while changes are stopped, and takes no lock for that', async () => {
    const { claim: one, locked } = await claimed({ stopped: async () => 'All is stopped.' });
    expect(one).toEqual(held('All is stopped.', true));
    expect(locked).toBe(0);
  });

  test('not while somebody else has claimed its target, and takes no lock for that', async () => {
    const { claim: one, locked } = await claimed({ claims: claims([claim]) });
    expect(one).toEqual(held(mine, true));
    expect(locked).toBe(0);
  });

  test('not when somebody claimed its target just before it was locked', async () => {
    const { claim: one, locked, owners } = await claimed({ claims: claims([], [claim]) });
    expect(one).toEqual(held(mine, true));
    expect(locked).toBe(1);
    expect(owners).toEqual([]);
  });

  test('not while another has the lock', async () => {
    const { tools, store } = someTools();
    await store.locks.acquire(target, 'R6');
    expect(await claimRun(tools, approved)).toEqual(
      held('rms-auth@prod is being worked on by R6.', true),
    );
  });

  test('not while its target has had enough of it, and tries again less often', async () => {
    const { claim: one, owners } = await claimed({
      limits: () => ({ perPerson: {}, perTarget: { restart: { most: 3, within: 3_600_000 } } }),
      tally: { ...tally, begun: async () => 1_000 },
    });
    expect(one).toEqual(held(expect.stringMatching(/^restart has begun on .* 3 times/), false));
    expect(owners).toEqual([]);
  });

  test('not while the directory does not answer, and tries again less often', async () => {
    const all = someTools();
    all.house.silent.add('UMANAGER');
    expect(await claimRun(all.tools, approved)).toEqual(held('Slack does not answer', false));
    expect(await all.store.locks.holders(target)).toEqual([]);
  });

  test('not when changes were stopped after the lock was taken, and tries again soon', async () => {
    const answers = [null, 'All is stopped.'];
    const { claim: one, owners } = await claimed({ stopped: async () => answers.shift() ?? null });
    expect(one).toEqual(held('All is stopped.', true));
    expect(owners).toEqual([]);
  });

  test('not when its time ran out meanwhile, and is looked at again soon', async () => {
    const { claim: one, owners } = await claimed({}, approved, {
      transition: async () => ({ kind: 'moved-on' }),
    });
    expect(one).toEqual(held('Its approval ran out, or somebody changed it.', true));
    expect(owners).toEqual([]);
  });

  test('never, when nobody who counts said yes, and it ends as denied', async () => {
    const { claim: one, changes, owners } = await claimed({}, { ...approved, votes: [] });
    expect(one).toEqual({ kind: 'over' });
    expect(changes).toMatchObject([
      { patch: { state: 'denied' }, audit: { event: 'run.denied', actor: 'gatehouse' } },
    ]);
    expect(owners).toEqual([]);
  });

  test('not when something breaks under the lock, which is given back', async () => {
    const { claim: one, owners } = await claimed({
      limits: () => ({ perPerson: {}, perTarget: { restart: { most: 3, within: 1 } } }),
      tally: {
        ...tally,
        begun: async () => {
          throw new Error('no tally');
        },
      },
    });
    expect(one).toBe('Error: no tally');
    expect(owners).toEqual([]);
  });
});
