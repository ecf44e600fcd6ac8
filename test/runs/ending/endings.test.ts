import { expect, test } from 'vitest';
import type { Action, StepOutcome } from '../../../src/core/action.ts';
import { TargetError } from '../../../src/core/errors.ts';
import type { Run } from '../../../src/core/run.ts';
import type { RunnerOptions } from '../../../src/runs/create-runner.ts';
import { usualTimes } from '../../../src/runs/run-tools.ts';
import { actionOn, aRequest, ballot, granted, grounds, storyOf } from '../grounds.ts';

const ttl = 300_000;

/** Something that is put up for a while, and what takes it down. Who put it up last can be seen. */
function put(change: { up?: Partial<Action>; down?: Partial<Action> } = {}) {
  const thing = { by: null as string | null, ups: 0, downs: 0, reachable: true };
  const step = (id: string) => ({ id, does: id, args: null, timeout: 5_000, repeatable: true });
  const draft = (summary: string, id: string) => ({
    summary,
    facts: [{ name: 'up', value: String(thing.by), material: true }],
    steps: [step(id)],
    risk: 'low' as const,
    riskReasons: [],
    undo: { possible: true, how: 'down' },
  });
  const machine = { release: '1', effects: [] };
  const up = actionOn(machine, {
    name: 'up',
    baseRisk: 'low',
    plan: async (params) => {
      const { after = ttl } = params as { after?: number };
      return { ...draft('Put it up', 'up'), revert: { action: 'down', params: { it: 1 }, after } };
    },
    execute: async (_step, _plan, on): Promise<StepOutcome> => {
      thing.ups += 1;
      thing.by = on.request.run;
      return { kind: 'done', seen: 'up' };
    },
    ...change.up,
  });
  const down = actionOn(machine, {
    name: 'down',
    baseRisk: 'low',
    precheck: async () => {
      if (!thing.reachable) throw new TargetError('no answer', { retryable: true });
      const ok = thing.by !== null;
      return { ok, nothingToDo: !ok, checks: [{ name: 'it', ok, seen: ok ? 'up' : 'down' }] };
    },
    plan: async () => draft('Take it down', 'down'),
    execute: async (): Promise<StepOutcome> => {
      thing.downs += 1;
      thing.by = null;
      return { kind: 'done', seen: 'down' };
    },
    ...change.down,
  });
  const ground = grounds();
  const runnerOver = (more: Partial<RunnerOptions> = {}) =>
    ground.runnerOver({ actions: [up, down], ...more });
  const putUp = async (runner = runnerOver(), params: object = {}): Promise<Run> => {
    const run = granted(await runner.request(aRequest({ action: 'up', params: { ...params } })));
    granted(await runner.vote(ballot(run, 'asker', { kind: 'confirm' })));
    await ground.time.pass(30_000);
    return ground.find(run.id);
  };
  const children = (run: Run) => ground.store.runs.children(run.id);
  return { ...ground, thing, runnerOver, putUp, children };
}

test('what was put up for a while is taken down after it, by a run of its own, once', async () => {
  const { thing, runnerOver, putUp, children, time, store, find } = put();
  const runners = [runnerOver(), runnerOver()];
  for (const runner of runners) runner.start();
  const up = await putUp(runners[0]);
  expect(up.state).toBe('succeeded');
  const [step] = up.steps;
  expect(up.ending).toEqual({ at: (step?.intentAt ?? 0) + ttl, ended: null });
  await time.pass(ttl - 31_000);
  expect([thing.downs, await children(up)]).toEqual([0, []]);
  await time.pass(5_000);
  expect([thing.ups, thing.downs, thing.by]).toEqual([1, 1, null]);
  const [down, ...more] = await children(up);
  expect(more).toEqual([]);
  expect(down).toMatchObject({
    state: 'succeeded',
    action: 'down',
    params: { it: 1 },
    parent: up.id,
    requestedBy: { id: 'gatehouse', team: 'T1' },
    votes: [],
  });
  expect((await find(up.id)).ending?.ended).toEqual({ how: 'done', by: down?.id });
  expect(await storyOf(store, down?.id ?? '')).toEqual(
    [
      'requested',
      'planned',
      'approved',
      'claimed',
      'executing',
      'step-begun',
      'verifying',
      'succeeded',
    ].map((event) => `run.${event} gatehouse`),
  );
  expect((await storyOf(store, up.id)).at(-1)).toBe('run.ended gatehouse');
  await time.pass(2 * ttl);
  expect(thing.downs).toBe(1);
});

test('what has been taken down by hand is found so: the run succeeds, without a step, and says so', async () => {
  const { thing, runnerOver, putUp, children, time } = put();
  const runner = runnerOver();
  runner.start();
  const up = await putUp(runner);
  thing.by = null;
  await time.pass(ttl);
  const [down] = await children(up);
  expect(down).toMatchObject({ state: 'succeeded', steps: [], plan: { steps: [] } });
  expect(down?.plan?.summary).toBe('Nothing left to do by down on rms-auth@prod');
  expect(down?.verdict?.checks[0]?.name).toBe('nothing to do');
  expect(thing.downs).toBe(0);
});

test.each<[string, StepOutcome | Error, string]>([
  ['failed half-way', { kind: 'failed', why: 'half' }, 'failed'],
  ['nobody knows', new Error('reset'), 'interrupted'],
])('it comes when the first step %s', async (_, outcome, state) => {
  const { thing, runnerOver, putUp, time } = put({
    up: {
      execute: async (_step, _plan, on) => {
        thing.by = on.request.run;
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    },
  });
  const runner = runnerOver();
  runner.start();
  const up = await putUp(runner);
  expect(up.state).toBe(state);
  await time.pass(ttl);
  expect(thing.downs).toBe(1);
});

test('it comes when the run was taken back after its checks had failed', async () => {
  const { thing, runnerOver, putUp, time, children } = put({
    up: {
      verify: async () => ({ ok: false, checks: [] }),
      compensate: async () => ({ kind: 'done', seen: 'said so' }),
    },
  });
  const runner = runnerOver();
  runner.start();
  const up = await putUp(runner);
  expect(up.state).toBe('compensated');
  await time.pass(ttl);
  expect([thing.downs, (await children(up)).length]).toEqual([1, 1]);
});

test('it does not come when it is certain that nothing was touched', async () => {
  const { runnerOver, putUp, time, children } = put({
    up: {
      execute: async () => {
        throw new TargetError('no', { retryable: false, happened: false });
      },
    },
  });
  const runner = runnerOver();
  runner.start();
  const up = await putUp(runner);
  expect([up.state, up.ending]).toEqual(['failed', null]);
  await time.pass(2 * ttl);
  expect(await children(up)).toEqual([]);
});

test('it comes first of all after a time when nothing ran', async () => {
  const { thing, runnerOver, putUp, time, children } = put();
  const runner = runnerOver();
  runner.start();
  const up = await putUp(runner);
  await runner.stop(0);
  await time.pass(5 * ttl);
  expect(thing.downs).toBe(0);
  runnerOver().start();
  await time.pass(2_000);
  expect([thing.downs, (await children(up)).length]).toEqual([1, 1]);
});

test('while changes are stopped it waits, on a card, and goes on when they may be made again', async () => {
  const { thing, runnerOver, putUp, time, children, log } = put();
  let stop: string | null = null;
  const shown: string[] = [];
  const runner = runnerOver({
    stopped: async () => stop,
    cardPlaces: (run) => {
      shown.push(run.id);
      return ['C-approvals'];
    },
  });
  runner.start();
  const up = await putUp(runner);
  stop = 'All changes are stopped: drill.';
  shown.length = 0;
  await time.pass(5 * ttl);
  const [down, ...more] = await children(up);
  expect([down?.state, more, thing.downs]).toEqual(['approved', [], 0]);
  expect(shown).toContain(up.id); // where the parent’s card is shown, the child’s is
  expect(log.lines).toContain('warn A run cannot begin yet; it is tried again by itself');
  stop = null;
  await time.pass(15_000);
  expect([(await children(up)).map(({ state }) => state), thing.downs]).toEqual([['succeeded'], 1]);
  expect(shown).not.toContain(down?.id); // nobody can be looked up who asked for it
});

test('while the target does not answer it waits, and says so, as one run', async () => {
  const { thing, runnerOver, putUp, time, children } = put();
  const runner = runnerOver();
  runner.start();
  const up = await putUp(runner);
  thing.reachable = false;
  await time.pass(2 * ttl);
  const [waiting, ...more] = await children(up);
  expect([waiting?.state, more]).toEqual(['requested', []]);
  expect(waiting?.why).toBe('It cannot be planned yet: no answer. It is tried again by itself.');
  thing.reachable = true;
  await time.pass(15_000);
  expect([(await children(up)).map(({ state }) => state), thing.downs]).toEqual([['succeeded'], 1]);
});

test('while the target is in no state for it, it waits too', async () => {
  let ready = false;
  const checks = [{ name: 'state', ok: false, seen: 'it is being upgraded' }];
  const { thing, runnerOver, putUp, time, children } = put({
    down: { precheck: async () => ({ ok: ready, checks }) },
  });
  const runner = runnerOver();
  runner.start();
  const up = await putUp(runner);
  await time.pass(ttl);
  expect((await children(up)).map(({ state, why }) => [state, why])).toEqual([
    ['requested', expect.stringContaining('state: it is being upgraded')],
  ]);
  ready = true;
  await time.pass(15_000);
  expect(thing.downs).toBe(1);
});

test('one that did not work is followed by another one, planned anew, and never by two at once', async () => {
  let fails = 3;
  const { thing, runnerOver, putUp, time, children, find } = put({
    down: {
      execute: async () => {
        fails -= 1;
        if (fails >= 0) return { kind: 'failed', why: 'not now' };
        thing.downs += 1;
        thing.by = null;
        return { kind: 'done', seen: 'down' };
      },
    },
  });
  const runners = [runnerOver(), runnerOver()];
  for (const runner of runners) runner.start();
  const up = await putUp(runners[0]);
  await time.pass(ttl + 60_000);
  const tries = await children(up);
  const gaps = tries.slice(1).map(({ createdAt }, at) => createdAt - (tries[at]?.createdAt ?? 0));
  expect(gaps.map((gap) => gap >= 5_000)).toEqual([false, true, true]);
  expect(gaps[2]).toBeGreaterThanOrEqual(15_000);
  const states = tries.map(({ state }) => state);
  expect(states).toEqual(['failed', 'failed', 'failed', 'succeeded']);
  expect(thing.downs).toBe(1);
  expect((await find(up.id)).ending?.ended?.how).toBe('done');
});

test('after many that did not work it is left to people, and said', async () => {
  const { runnerOver, putUp, time, children, find, log } = put({
    down: { execute: async () => ({ kind: 'failed', why: 'never' }) },
  });
  const runner = runnerOver({ times: { ...usualTimes, sweep: 20_000 } });
  runner.start();
  const up = await putUp(runner);
  await time.pass(6_000_000);
  const tries = await children(up);
  expect(tries).toHaveLength(12);
  expect((await find(up.id)).ending?.ended).toEqual({ how: 'given-up', by: tries.at(-1)?.id });
  expect(log.lines).toContain('error What should have ended has to be undone by hand');
});

test('the same done again ends when the newer one says, and the older one does not end it', async () => {
  const { thing, runnerOver, putUp, time, children, find } = put();
  const runner = runnerOver();
  runner.start();
  const first = await putUp(runner);
  const second = await putUp(runner, { after: 3 * ttl });
  expect((await find(first.id)).ending?.ended).toEqual({ how: 'replaced', by: second.id });
  await time.pass(2 * ttl);
  expect([thing.by, await children(first)]).toEqual([second.id, []]);
  await time.pass(ttl);
  expect([thing.by, (await children(second)).length]).toEqual([null, 1]);
});

test('a newer one that ended earlier has replaced the older one also when nobody wrote that down', async () => {
  const { thing, runnerOver, putUp, time, children, find, store } = put();
  const runner = runnerOver({
    runs: {
      ...store.runs,
      // Killed in the moment after the newer one had succeeded.
      lasting: async () => {
        throw new Error('the connection was lost');
      },
    },
  });
  runner.start();
  const first = await putUp(runner, { after: 4 * ttl });
  const second = await putUp(runner);
  await runner.stop(0);
  runnerOver().start();
  await time.pass(ttl);
  expect([thing.by, (await children(second)).length]).toEqual([null, 1]);
  thing.by = 'somebody else';
  await time.pass(4 * ttl);
  expect([thing.by, await children(first)]).toEqual(['somebody else', []]);
  expect((await find(first.id)).ending?.ended).toEqual({ how: 'replaced', by: second.id });
});

test('a newer one that did not work replaces nothing', async () => {
  let works = true;
  const { thing, runnerOver, putUp, time, find } = put({
    up: {
      execute: async (_step, _plan, on) => {
        if (!works) return { kind: 'failed', why: 'no' };
        thing.by = on.request.run;
        return { kind: 'done', seen: 'up' };
      },
    },
  });
  const runner = runnerOver();
  runner.start();
  const first = await putUp(runner);
  works = false;
  await putUp(runner, { after: 3 * ttl });
  await time.pass(ttl);
  expect(thing.downs).toBe(1);
  expect((await find(first.id)).ending?.ended?.how).toBe('done');
});

test.each<[string, (run: Run) => Run]>([
  ['says something else', (run) => withRevert(run, { it: 2 })],
  [
    'was changed afterwards',
    (run) => ({ ...run, plan: run.plan && { ...run.plan, risk: 'high' } }),
  ],
  ['does not say what ends', (run) => ({ ...run, ending: null })],
  ['is of another target', (run) => ({ ...run, target: { service: 'other', env: 'prod' } })],
])('nothing is done when the plan of its parent %s', async (_, spoil) => {
  const { thing, runnerOver, putUp, time, store, children } = put();
  const first = runnerOver();
  first.start();
  const up = await putUp(first);
  await first.stop(0);
  let spoilt = false;
  const runner = runnerOver({
    stopped: async () => (spoilt ? null : 'not yet'),
    runs: {
      ...store.runs,
      find: async (id) => {
        const run = await store.runs.find(id);
        return run && id === up.id && spoilt ? spoil(run) : run;
      },
    },
  });
  runner.start();
  await time.pass(ttl);
  spoilt = true;
  await time.pass(12_000);
  expect((await children(up))[0]).toMatchObject({ state: 'denied', steps: [] });
  await time.pass(ttl);
  expect(thing.downs).toBe(0);
});

const withRevert = (run: Run, params: { it: number }): Run => ({
  ...run,
  plan: run.plan && { ...run.plan, revert: { action: 'down', params, after: ttl } },
});

test('a request that was given up while nobody heard that it was written down is not planned', async () => {
  const { runnerOver, store, find } = put();
  const runner = runnerOver({
    runs: {
      ...store.runs,
      create: async (run, entry) => {
        const { id, version } = await store.runs.create(run, entry);
        const patch = { state: 'failed' as const, why: 'Left behind.' };
        const audit = { event: 'run.failed', actor: 'gatehouse', facts: {} };
        await store.runs.transition({ id, version, patch, audit, jobs: [], messages: [] });
        throw new Error('the connection was lost');
      },
    },
  });
  const said = await runner.request(aRequest({ action: 'up' }));
  expect(said).toMatchObject({ error: { kind: 'already', state: 'failed' } });
  expect(await find('R-1')).toMatchObject({ state: 'failed', version: 2, plan: null });
});

test('nobody can take it back, approve it or deny it, and nobody is asked about Gatehouse itself', async () => {
  const { runnerOver, putUp, time, children, house } = put();
  let stop: string | null = null;
  const runner = runnerOver({ stopped: async () => stop });
  runner.start();
  const up = await putUp(runner);
  house.gone.add('gatehouse');
  stop = 'stopped';
  await time.pass(ttl);
  const [down] = await children(up);
  if (!down) throw new Error('there is none');
  for (const id of ['asker', 'gatehouse']) {
    const by = { id, team: 'T1', roles: [] };
    expect(await runner.cancel(down.id, by)).toMatchObject({ error: { kind: 'not-yours' } });
  }
  for (const kind of ['approve', 'deny', 'confirm'] as const) {
    expect((await runner.vote(ballot(down, 'm1', { kind }))).ok, kind).toBe(false);
  }
  stop = null;
  await time.pass(15_000);
  expect((await children(up)).map(({ state }) => state)).toEqual(['succeeded']);
});
