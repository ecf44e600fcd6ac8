import { describe, expect, test } from 'vitest';
import type { Action, StepOutcome, Verdict } from '../../src/core/action.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Lock } from '../../src/core/locks.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { Run, StepRecord } from '../../src/core/run.ts';
import { type Trouble, undoOrFail } from '../../src/runs/executing/compensate-run.ts';
import { handsFor, holding } from '../../src/runs/executing/drive-run.ts';
import { executeRun } from '../../src/runs/executing/execute-run.ts';
import { type Hands, runCompensation, runStep } from '../../src/runs/executing/run-step.ts';
import { verifyRun } from '../../src/runs/executing/verify-run.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { somePlan, someRun } from '../support/some-run.ts';
import { actionOn } from './grounds.ts';
import { someTools } from './some-tools.ts';

const aLock = (change: Partial<Lock> = {}): Lock => ({
  fence: 1,
  at: 0,
  lost: new AbortController().signal,
  check: async () => {},
  release: async () => {},
  ...change,
});
const lost = aLock({
  check: async () => {
    throw new Error('it is not ours any more');
  },
});
const done: StepOutcome = { kind: 'done', seen: 'it is done' };

function handsOf(action: Partial<Action> = {}, lock = aLock(), plan: Plan = somePlan) {
  const effects: string[] = [];
  const usual = actionOn({ release: '1.0', effects });
  const hands: Hands = { action: { ...usual, ...action }, on: {} as never, plan, lock };
  return { hands, effects };
}
const forEver = { sleep: () => new Promise<void>(() => {}) };
const stopsAt = (...answers: (string | null)[]): Partial<RunTools> => ({
  ...forEver,
  stopped: async () => answers.shift() ?? null,
});

const step = (outcome: StepOutcome | null): StepRecord => ({
  id: 'restart:api',
  intentAt: 1,
  outcome,
});
const began = someRun({ state: 'executing', steps: [step(done)] });

describe('what went wrong', () => {
  const verdict: Verdict = { ok: false, checks: [{ name: 'health', ok: false, seen: 'down' }] };
  const back = { compensate: async () => done };

  async function undone(
    run: Run,
    trouble: Trouble,
    {
      action = back,
      lock = aLock(),
      tools = {},
    }: { action?: Partial<Action>; lock?: Lock; tools?: Partial<RunTools> } = {},
    runs = {},
  ) {
    const all = someTools({ ...forEver, ...tools }, runs);
    expect(await undoOrFail(all.tools, run, handsOf(action, lock).hands, trouble)).toBeNull();
    return {
      ...all,
      events: all.changes.map(({ audit }) => audit.event),
      last: all.changes.at(-1)?.patch,
    };
  }
  const failed = ['run.failed'];
  const gone = ['run.compensation-begun', 'run.compensated'];

  test('is taken back where a step is done, and says why', async () => {
    const { events, last } = await undone(began, { why: 'It is down.', verdict });
    expect(events).toEqual(gone);
    expect(last).toMatchObject({ state: 'compensated', why: 'It is down.' });
  });

  test('is taken back where the target may have been touched', async () => {
    const run = { ...began, steps: [step({ kind: 'failed', why: 'no' })] };
    expect((await undone(run, { why: 'x', touched: true })).events).toEqual(gone);
  });

  test.each<[string, Run]>([
    ['nothing was begun', { ...began, steps: [] }],
    ['the only step failed', { ...began, steps: [step({ kind: 'failed', why: 'no' })] }],
    ['nobody knows of the only step', { ...began, steps: [step(null)] }],
  ])('has failed, and nothing is taken back, where %s', async (_what, run) => {
    const { events, changes } = await undone(run, { why: 'It is down.', verdict });
    expect(events).toEqual(failed);
    expect(changes[0]).toMatchObject({
      patch: { state: 'failed', why: 'It is down.', verdict },
      audit: { facts: { after: verdict.checks } },
    });
  });

  test('has failed where there is no way back', async () => {
    expect((await undone(began, { why: 'x' }, { action: {} })).events).toEqual(failed);
  });

  test('is not taken back while changes are stopped, nor without the lock', async () => {
    const stopped = await undone(began, { why: 'x' }, { tools: stopsAt('All is stopped.') });
    expect(stopped.events).toEqual(failed);
    const noted: unknown[] = [];
    const log = { ...stopped.log, warn: (...said: unknown[]) => void noted.push(said) };
    const away = await undone(began, { why: 'x' }, { lock: lost, tools: { log } });
    expect(away.events).toEqual(failed);
    expect(noted).toEqual([
      [{ why: 'it is not ours any more' }, 'What was done is not taken back'],
    ]);
  });

  test('is not taken back when somebody changed the run first', async () => {
    let went = 0;
    const action = {
      compensate: async () => {
        went += 1;
        return done;
      },
    };
    await undone(
      began,
      { why: 'x' },
      { action },
      { transition: async () => ({ kind: 'moved-on' }) },
    );
    expect(went).toBe(0);
  });

  test.each<[StepOutcome, string, string]>([
    [
      { kind: 'failed', why: 'no way' },
      'failed',
      'It is down. It could not be taken back: no way.',
    ],
    [
      { kind: 'unknown', why: 'no answer' },
      'interrupted',
      'It is down. Whether it was taken back is not known: no answer.',
    ],
  ])('says what came of taking it back: %j', async (outcome, state, why) => {
    const action = { compensate: async () => outcome };
    const { last, events } = await undone(began, { why: 'It is down.' }, { action });
    expect(last).toMatchObject({ state, why });
    expect(events.at(-1)).toBe(`run.${state}`);
  });
});

describe('a step', () => {
  const [one] = somePlan.steps;
  const does = (action: Partial<Action>, lock = aLock(), tools: Partial<RunTools> = forEver) => {
    const { hands, effects } = handsOf(action, lock);
    return { performed: runStep(someTools(tools).tools, hands, one as never), effects };
  };

  test('is done under the lock while changes may be made', async () => {
    const { performed, effects } = does({});
    expect(await performed).toEqual({
      outcome: { kind: 'done', seen: 'did restart:api' },
      untouched: false,
    });
    expect(effects).toEqual(['restart:api']);
  });

  test('is not begun when changes were stopped since, and touches nothing', async () => {
    const { performed, effects } = does({}, aLock(), stopsAt('All is stopped.'));
    const why = 'all changes were stopped before it began';
    expect(await performed).toEqual({ outcome: { kind: 'failed', why }, untouched: true });
    expect(effects).toEqual([]);
  });

  const over = AbortSignal.abort();
  test.each([
    ['is not held any more', lost],
    ['was lost while it was asked for', aLock({ lost: over })],
  ])('is not begun when the lock %s, and touches nothing', async (_what, lock) => {
    const { performed, effects } = does({}, lock);
    const why = 'the lock was lost; it was not begun';
    expect(await performed).toEqual({ outcome: { kind: 'failed', why }, untouched: true });
    expect(effects).toEqual([]);
  });

  test.each<[string, Error, StepOutcome['kind'], boolean]>([
    [
      'nothing was done',
      new TargetError('no', { retryable: false, happened: false }),
      'failed',
      true,
    ],
    ['something may be done', new TargetError('no', { retryable: false }), 'unknown', false],
    ['nobody knows', new Error('no'), 'unknown', false],
  ])('that breaks says whether %s', async (_what, error, kind, untouched) => {
    const execute = () => Promise.reject(error);
    expect(await does({ execute }).performed).toEqual({ outcome: { kind, why: 'no' }, untouched });
  });

  test('that has no way back says so', async () => {
    const { hands } = handsOf({});
    expect((await runCompensation(someTools(forEver).tools, hands)).outcome).toEqual({
      kind: 'failed',
      why: 'There is no way back.',
    });
  });
});

describe('the steps of a run', () => {
  const claimed = someRun({ state: 'claimed' });
  async function executed(
    action: Partial<Action>,
    lock = aLock(),
    tools: Partial<RunTools> = forEver,
    { from = claimed, lostAt = '' } = {},
  ) {
    const all = someTools(tools);
    // What the database would have of it.
    let run: Run = from;
    const runs: RunTools['runs'] = {
      ...all.tools.runs,
      transition: async (change) => {
        await all.tools.runs.transition(change);
        if (change.audit.event === lostAt) return { kind: 'moved-on' };
        run = { ...run, ...(change.patch as Partial<Run>) };
        return { kind: 'done', run };
      },
    };
    const { hands, effects } = handsOf(action, lock);
    const became = await executeRun({ ...all.tools, runs }, from, hands);
    const events = all.changes.map(({ audit }) => audit.event);
    return { ...all, became, events, effects, last: all.changes.at(-1)?.patch };
  }

  test('are done one after the other, each written down before and after', async () => {
    const { became, events, effects } = await executed({});
    expect(became?.state).toBe('verifying');
    expect(became?.steps.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['restart:api', { kind: 'done', seen: 'did restart:api' }],
      ['restart:worker', { kind: 'done', seen: 'did restart:worker' }],
    ]);
    expect(effects).toEqual(['restart:api', 'restart:worker']);
    expect(events).toEqual([
      'run.executing',
      'run.step-begun',
      'run.step-done',
      'run.step-begun',
      'run.verifying',
    ]);
  });

  test('of which there are none are followed by a look', async () => {
    const all = someTools(forEver);
    const { hands } = handsOf({}, aLock(), { ...somePlan, steps: [] });
    await executeRun(all.tools, claimed, hands);
    expect(all.changes.map(({ audit, patch }) => [audit.event, patch])).toEqual([
      ['run.executing', { state: 'executing' }],
      ['run.verifying', { state: 'verifying' }],
    ]);
  });

  test('end where the lock is gone, with why', async () => {
    const { became, last, effects } = await executed({}, lost);
    expect(became).toBeNull();
    expect(last).toEqual({
      state: 'failed',
      why: 'Restart the copy api: it is not ours any more',
    });
    expect(effects).toEqual([]);
  });

  test('end where nobody knows what came of one', async () => {
    const { became, events, last } = await executed({
      execute: () => Promise.reject(new Error('no answer')),
    });
    expect(became).toBeNull();
    expect(events.at(-1)).toBe('run.interrupted');
    expect(last).toMatchObject({
      state: 'interrupted',
      why: 'Restart the copy api: no answer. It may have happened.',
    });
  });

  const compensate = async () => done;
  test('end where one failed, and are taken back when it touched anything', async () => {
    const broke = { compensate, execute: async () => ({ kind: 'failed', why: 'no' }) as const };
    const { became, events } = await executed(broke);
    expect(became).toBeNull();
    expect(events.slice(2)).toEqual([
      'run.step-failed',
      'run.compensation-begun',
      'run.compensated',
    ]);
  });

  test('end where one failed, and nothing is taken back when it touched nothing', async () => {
    const error = new TargetError('no', { retryable: false, happened: false });
    const { events, last } = await executed({ compensate, execute: () => Promise.reject(error) });
    expect(events.slice(2)).toEqual(['run.step-failed', 'run.failed']);
    expect(last).toMatchObject({ state: 'failed', why: 'Restart the copy api: no.' });
  });

  test('end where somebody else changed the run before one was written down: it is not done', async () => {
    const { became, effects, events } = await executed({}, aLock(), forEver, {
      lostAt: 'run.step-begun',
    });
    expect([became, effects]).toEqual([null, []]);
    expect(events).toEqual(['run.executing', 'run.step-begun']);
  });

  test('leave nothing to end where the first touched nothing, and all of it where it may have', async () => {
    const ends = someRun({ state: 'claimed', ending: { at: 1, ended: null } });
    const failedBy = async (execute: Action['execute']) => {
      const { changes } = await executed({ execute }, aLock(), forEver, { from: ends });
      return changes.find(({ audit }) => audit.event === 'run.step-failed');
    };
    const error = new TargetError('no', { retryable: false, happened: false });
    const untouched = await failedBy(() => Promise.reject(error));
    expect(untouched?.patch).toMatchObject({ endsIn: null });
    expect(untouched?.audit.facts).toMatchObject({
      step: 'restart:api',
      outcome: { kind: 'failed' },
    });
    const touched = await failedBy(async () => ({ kind: 'failed', why: 'no' }));
    expect(touched?.patch).toHaveProperty('steps');
    expect(touched?.patch).not.toHaveProperty('endsIn');
  });

  test('end where changes were stopped between two of them', async () => {
    const { effects, last } = await executed({}, aLock(), stopsAt(null, null, 'All is stopped.'));
    expect(effects).toEqual(['restart:api']);
    expect(last).toMatchObject({
      state: 'failed',
      why: 'Restart the copy worker: All is stopped.',
    });
  });
});

describe('the lock', () => {
  test('is given back whatever happens, and what cannot be given back is only said', async () => {
    const noted: unknown[] = [];
    const { tools } = someTools();
    const log = { ...tools.log, warn: (...said: unknown[]) => void noted.push(said) };
    let released = 0;
    const release = async () => {
      released += 1;
      if (released > 1) throw new Error('no line');
    };
    const broken = holding({ ...tools, log }, aLock({ release }), () =>
      Promise.reject(new Error('x')),
    );
    await expect(broken).rejects.toThrow('x');
    expect(noted).toEqual([]);
    await holding({ ...tools, log }, aLock({ release }), async () => {});
    expect(noted).toEqual([
      [{ why: 'no line' }, 'A lock was not given back; it runs out by itself'],
    ]);
  });

  test('is for nothing where there is no plan, or the target lacks what is needed', async () => {
    const { tools } = someTools();
    const cannot = 'R7 cannot be worked on any more';
    await expect(handsFor(tools, someRun({ plan: null }), aLock())).rejects.toThrow(cannot);
    const poor = { ...tools, targets: { offer: async () => null } };
    await expect(handsFor(poor, someRun(), aLock())).rejects.toThrow(cannot);
    expect((await handsFor(tools, someRun(), aLock())).plan).toBe(somePlan);
  });
});

describe('a look afterwards', () => {
  const verifying = someRun({ state: 'verifying', steps: [step(done)] });
  const good: Verdict = { ok: true, checks: [{ name: 'health', ok: true, seen: 'up' }] };
  const bad: Verdict = { ok: false, checks: [{ name: 'health', ok: false, seen: 'down' }] };

  /** What is written down and how long is waited between the looks, when they show this. */
  async function verified(looks: (Verdict | Error)[], lock = aLock()) {
    const all = someTools({
      sleep: (ms, signal) => {
        if (signal === lock.lost) all.pauses.push(ms);
        return signal === lock.lost ? Promise.resolve() : new Promise(() => {});
      },
    });
    const verify = async () => {
      const seen = looks.shift() ?? good;
      if (seen instanceof Error) throw seen;
      return seen;
    };
    await verifyRun(all.tools, verifying, handsOf({ verify }, lock).hands);
    return { ...all, left: looks.length, patch: all.changes[0]?.patch };
  }

  test('that is good ends it at once', async () => {
    const { patch, pauses, left } = await verified([good, bad]);
    expect(patch).toMatchObject({ state: 'succeeded', verdict: good });
    expect([pauses, left]).toEqual([[], 1]);
  });

  test('is taken again, later and later, until one is good', async () => {
    const { patch, pauses } = await verified([bad, new Error('no answer'), good]);
    expect(patch).toMatchObject({ state: 'succeeded' });
    expect(pauses).toEqual([2_000, 5_000]);
  });

  test('that never is good ends it as failed, with what was seen last', async () => {
    const { patch } = await verified([bad, bad, new Error('no answer')]);
    expect(patch).toMatchObject({
      state: 'failed',
      why: 'The checks afterwards do not pass: verification: no answer.',
    });
  });

  test('is over when somebody else wrote down what came of it', async () => {
    const { tools } = someTools(forEver, { transition: async () => ({ kind: 'moved-on' }) });
    const verify = async () => good;
    await expect(verifyRun(tools, verifying, handsOf({ verify }).hands)).resolves.toBeUndefined();
  });

  test('is left to others when the lock is lost', async () => {
    const { changes, left } = await verified([bad, bad], aLock({ lost: AbortSignal.abort() }));
    expect(changes).toEqual([]);
    expect(left).toBe(2);
  });
});
