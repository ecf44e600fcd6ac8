import { describe, expect, test } from 'vitest';
import type { Action, StepOutcome } from '../../src/core/action.ts';
import type { Run, StepRecord } from '../../src/core/run.ts';
import { stillThePlan } from '../../src/runs/claiming/replan.ts';
import type { Memory } from '../../src/runs/memory.ts';
import { recoverRun } from '../../src/runs/recovering/recover-run.ts';
import { lookAfter, sweep } from '../../src/runs/recovering/sweep.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { someRun } from '../support/some-run.ts';
import { actionOn } from './grounds.ts';
import { someTools } from './some-tools.ts';

const done: StepOutcome = { kind: 'done', seen: 'did it' };
const step = (id: string, outcome: StepOutcome | null): StepRecord => ({
  id,
  intentAt: 1,
  outcome,
});
const forEver = { sleep: () => new Promise<void>(() => {}) };
const target = 'rms-auth@prod';

describe('what a dead process left', () => {
  async function recovered(run: Run, action: Partial<Action> = {}, change: Partial<RunTools> = {}) {
    const machine = { release: '1.0', effects: [] };
    const all = someTools({ ...forEver, actions: [actionOn(machine, action)], ...change });
    await recoverRun(all.tools, run);
    const events = all.changes.map(({ audit }) => audit.event);
    return { ...all, events, last: all.changes.at(-1) };
  }

  test('is left alone while its lock is alive, and not because of another’s', async () => {
    const run = someRun({ state: 'claimed' });
    const all = someTools(forEver);
    await all.store.locks.acquire(target, run.id);
    await recoverRun(all.tools, run);
    expect(all.changes).toEqual([]);
    const other = someTools(forEver);
    await other.store.locks.acquire(target, 'R6');
    await recoverRun(other.tools, run);
    expect(other.changes).toHaveLength(1);
  });

  test('before the first step is superseded', async () => {
    const { last } = await recovered(someRun({ state: 'claimed' }));
    expect(last).toMatchObject({
      patch: {
        state: 'superseded',
        why: 'Gatehouse was stopped before the first step. Nothing was done.',
      },
      audit: { event: 'run.superseded' },
    });
  });

  test('in the middle is interrupted, with what is not known and what was not begun', async () => {
    const steps = [step('restart:api', null)];
    const probe = async () => ({ kind: 'done', seen: 'it is up' }) as const;
    const { last } = await recovered(someRun({ state: 'executing', steps }), { probe });
    const why = 'Gatehouse was stopped before it was written down what became of it';
    expect(last?.patch).toMatchObject({
      state: 'interrupted',
      steps: [{ id: 'restart:api', outcome: { kind: 'unknown', why } }],
    });
    expect(last?.patch.why).toMatch(
      /^Gatehouse was stopped in the middle\. What the target shows: .*it is up.*\. Not begun: Restart the copy worker\.$/,
    );
    expect(last?.audit).toMatchObject({
      event: 'run.interrupted',
      facts: { probed: [{ step: 'restart:api', seen: { kind: 'done', seen: 'it is up' } }] },
    });
  });

  test('in the middle says of several what the target shows, and nothing of what is not', async () => {
    const steps = [step('restart:api', null), step('restart:worker', null)];
    const probe = async () => done;
    const { last } = await recovered(someRun({ state: 'executing', steps }), { probe });
    expect(last?.patch.why).toMatch(/^Gatehouse was stopped in the middle\. What .*; .*\.$/);
    expect(last?.patch.why).not.toContain('Not begun');
    const none = await recovered(someRun({ state: 'executing' }));
    expect(none.last?.patch.why).toBe(
      'Gatehouse was stopped in the middle. Not begun: Restart the copy api; Restart the copy worker.',
    );
    const bare = await recovered(someRun({ state: 'executing', plan: null }));
    expect(bare.last?.patch.why).toBe('Gatehouse was stopped in the middle.');
  });

  const verifying = someRun({
    state: 'verifying',
    steps: [step('restart:api', done), step('restart:worker', done)],
  });

  test('while it looked whether it worked is looked at again, under a new lock', async () => {
    const { events, changes, store } = await recovered(verifying);
    expect(events).toEqual(['run.verified-again', 'run.succeeded']);
    expect(changes[0]?.patch).toEqual({ fence: 1 });
    expect(await store.locks.holders(target)).toEqual([]);
  });

  test('is interrupted where this version does not know the action any more', async () => {
    const { events } = await recovered(verifying, { name: 'another' });
    expect(events).toEqual(['run.interrupted']);
  });

  test('is looked at with its own action, whatever others there are', async () => {
    const machine = { release: '1.0', effects: [] };
    const actions = [actionOn(machine), actionOn(machine, { name: 'another' })];
    const { events } = await recovered(verifying, {}, { actions });
    expect(events.at(-1)).toBe('run.succeeded');
  });

  test('is left to whoever has the lock by now, or changed it first', async () => {
    const locked = someTools(forEver);
    await locked.store.locks.acquire(target, 'R6');
    await recoverRun(locked.tools, verifying);
    expect(locked.changes).toEqual([]);
    let looks = 0;
    const verify = async () => {
      looks += 1;
      return { ok: true, checks: [] };
    };
    const actions = [actionOn({ release: '1.0', effects: [] }, { verify })];
    const late = someTools(
      { ...forEver, actions },
      { transition: async () => ({ kind: 'moved-on' }) },
    );
    await recoverRun(late.tools, verifying);
    expect(looks).toBe(0);
  });
});

describe('a look at everything that is not over', () => {
  function memoryOf(change: Partial<Memory> = {}) {
    const begun: string[] = [];
    const kept: string[][] = [];
    const memory: Memory = {
      isBusy: () => false,
      begin: (id) => void begun.push(id),
      heldBy: () => null,
      unchangedFor: () => 0,
      keepOnly: (runs) => void kept.push(runs.map(({ id }) => id)),
      ...change,
    };
    return { memory, begun, kept };
  }
  /** Which change it makes of one run, and whether it begins to work on it. */
  async function looked(run: Run, change: Partial<Memory> = {}, runs = {}) {
    const all = someTools({}, runs);
    const { memory, begun } = memoryOf(change);
    await lookAfter(all.tools, memory, run);
    return [all.changes.map(({ audit }) => audit.event), begun];
  }
  const due = { waitsUntil: 0, validUntil: 0 };
  const early = { waitsUntil: 9e12, validUntil: 9e12 };

  test.each<[string, Run, string[], string[]]>([
    ['begins what is approved', someRun({ state: 'approved', ...early }), [], ['R7']],
    [
      'ends what was approved too long ago',
      someRun({ state: 'approved', ...due }),
      ['run.expired'],
      [],
    ],
    ['leaves what waits', someRun(early), [], []],
    ['ends what waited too long', someRun(due), ['run.expired'], []],
    ['recovers what was claimed', someRun({ state: 'claimed' }), [], ['R7']],
    ['recovers what was executing', someRun({ state: 'executing' }), [], ['R7']],
    ['recovers what was verifying', someRun({ state: 'verifying' }), [], ['R7']],
    ['leaves what was just asked for', someRun({ state: 'requested' }), [], []],
    ['goes on with what ends another', someRun({ state: 'planned', parent: 'R1' }), [], ['R7']],
    ['leaves what is over', someRun({ state: 'failed', ...due }), [], []],
  ])('%s', async (_what, run, events, begun) => {
    expect(await looked(run)).toEqual([events, begun]);
    expect(await looked(run, { isBusy: () => true })).toEqual([[], []]);
  });

  test('begins what is due by our clock alone', async () => {
    const runs = { transition: async () => ({ kind: 'moved-on' }) };
    expect(await looked(someRun({ state: 'approved', ...due }), {}, runs)).toEqual([[], ['R7']]);
  });

  test.each([
    [29_999, []],
    [30_000, ['run.failed']],
  ])('ends what was planned for %d ms', async (ms, events) => {
    const all = someTools();
    await lookAfter(
      all.tools,
      memoryOf({ unchangedFor: () => ms }).memory,
      someRun({ state: 'planned' }),
    );
    expect(all.changes.map(({ audit }) => audit.event)).toEqual(events);
    const why = 'Gatehouse was stopped while it was planned. Nothing was done.';
    for (const { patch } of all.changes) expect(patch).toEqual({ state: 'failed', why });
  });

  test('goes on with the others where one cannot be looked after, and says so', async () => {
    const noted: unknown[] = [];
    const note = (...said: unknown[]) => void noted.push(said);
    const states = ['approved', 'claimed'] as const;
    const [first, second] = states.map((state) => someRun({ id: state, state, ...early }));
    const { memory, kept } = memoryOf({
      begin: (id) => {
        if (id === 'approved') throw new Error('no room');
        begun.push(id);
      },
    });
    const begun: string[] = [];
    const all = someTools(
      {},
      { inStates: async (of) => (of.length > 1 ? [first, second] : []) as Run[] },
    );
    const claims = { ...all.store.claims, endDue: () => Promise.reject(new Error('no line')) };
    const log = { ...all.log, warn: note, error: note };
    await sweep({ ...all.tools, claims, log }, memory);
    expect(begun).toEqual(['claimed']);
    expect(kept).toEqual([['approved', 'claimed']]);
    expect(noted).toEqual([
      [{ why: 'no line' }, 'Claims that are over were not written down as such'],
      [{ run: 'approved', why: 'no room' }, 'A run could not be looked after'],
    ]);
  });

  test('asks for every state that is none of the ends', async () => {
    const asked: unknown[] = [];
    const inStates = async (of: readonly string[]) => {
      asked.push(of);
      return [];
    };
    const all = someTools({}, { inStates });
    await sweep(all.tools, memoryOf().memory);
    expect(asked).toEqual([
      ['requested', 'planned', 'approved', 'claimed', 'executing', 'verifying'],
      ['waiting'],
    ]);
  });
});

describe('planned again', () => {
  test('what lacks several things says all of them', async () => {
    const actions = [
      actionOn({ release: '1.0', effects: [] }, { needs: ['lifecycle', 'releases'] as never }),
    ];
    const all = someTools({ ...forEver, actions, targets: { offer: async () => null } });
    expect(await stillThePlan(all.tools, someRun({ state: 'claimed' }))).toBe(false);
    expect(all.changes[0]?.patch).toEqual({
      state: 'superseded',
      why: 'The target cannot do this any more: lifecycle, releases. Nothing was done.',
    });
    expect(all.changes[0]?.audit.facts).not.toHaveProperty('newPlan');
  });

  test('what is another plan says each difference', async () => {
    const all = someTools(forEver);
    expect(await stillThePlan(all.tools, someRun({ state: 'claimed' }))).toBe(false);
    expect(all.changes[0]?.patch.why).toMatch(
      /^The plan would be another one now \([0-9a-f]{8}\): api was .*; .*\. Nothing was done\.$/,
    );
    expect(all.changes[0]?.audit.facts.newPlan).toMatch(/^[0-9a-f]{64}$/);
  });

  test('what had no plan is another one', async () => {
    const all = someTools(forEver);
    expect(await stillThePlan(all.tools, someRun({ state: 'claimed', plan: null }))).toBe(false);
    expect(all.changes[0]?.patch.why).toMatch(/: the policy or the action has changed\. Nothing/);
  });
});
