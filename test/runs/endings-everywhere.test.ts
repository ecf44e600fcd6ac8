import { describe, expect, test } from 'vitest';
import type { On, StepOutcome } from '../../src/core/action.ts';
import type { Capability } from '../../src/core/capabilities.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Run } from '../../src/core/run.ts';
import type { Target } from '../../src/core/target.ts';
import type { RunnerOptions } from '../../src/runs/create-runner.ts';
import { usualTimes } from '../../src/runs/run-tools.ts';
import { actionOn, aRequest, ballot, granted, grounds, storyOf } from './grounds.ts';

const ttl = 300_000;
const prod = (service: string): Target => ({ service, env: 'prod' });

/** A service on which something is put up for a while; who put it up last can be seen. */
interface Thing {
  by: string | null;
  downs: number;
  reachable: boolean;
  /** What putting it up and taking it down come to. */
  up?: () => StepOutcome;
  down?: () => StepOutcome;
}

/** Three services, and what can be put up on one of them or on all. */
function put() {
  const thing = (): Thing => ({ by: null, downs: 0, reachable: true });
  const things = { a: thing(), b: thing(), c: thing() };
  const of = ({ target }: Pick<On, 'target'>): Thing =>
    things[target.service as keyof typeof things];
  const draft = (summary: string, id: string, { by }: Thing) => ({
    summary,
    facts: [{ name: 'up', value: String(by), material: true }],
    steps: [{ id, does: id, args: null, timeout: 5_000, repeatable: true }],
    risk: 'low' as const,
    riskReasons: [],
    undo: { possible: true, how: 'down' },
  });
  const reach = (on: Pick<On, 'target'>): Thing => {
    if (!of(on).reachable) throw new TargetError('no answer', { retryable: true });
    return of(on);
  };
  const machine = { release: '1', effects: [] };
  const common = { baseRisk: 'low' as const, everywhere: true };
  const up = actionOn(machine, {
    ...common,
    name: 'up',
    precheck: async (params, on) => {
      const again = (params as { again?: boolean }).again ?? false;
      const ok = reach(on).by === null || again;
      return { ok, nothingToDo: !ok, checks: [{ name: 'it', ok, seen: ok ? 'down' : 'up' }] };
    },
    plan: async (params, on) => {
      const { after = ttl } = params as { after?: number };
      const revert = { action: 'down', params: { it: 1 }, after };
      return { ...draft('Put it up', 'up', reach(on)), revert };
    },
    execute: async (_step, _plan, on) => {
      const said = of(on).up?.();
      of(on).by = on.request.run;
      return said ?? { kind: 'done', seen: 'up' };
    },
  });
  const down = actionOn(machine, {
    ...common,
    name: 'down',
    precheck: async (_params, on) => {
      const ok = reach(on).by !== null;
      return { ok, nothingToDo: !ok, checks: [{ name: 'it', ok, seen: ok ? 'up' : 'down' }] };
    },
    plan: async (_params, on) => draft('Take it down', 'down', reach(on)),
    execute: async (_step, _plan, on) => {
      const said = of(on).down?.();
      if (said) return said;
      of(on).downs += 1;
      of(on).by = null;
      return { kind: 'done', seen: 'down' };
    },
  });
  const ground = grounds({ targetsIn: () => Object.keys(things).map(prod) });
  const can = async <C extends Capability>(_: unknown, _need: C) => ({}) as never;
  const runnerOver = (more: Partial<RunnerOptions> = {}) =>
    ground.runnerOver({ actions: [up, down], targets: { offer: can }, ...more });
  const putUp = async (runner = runnerOver(), service = 'all', params = {}): Promise<Run> => {
    const request = aRequest({ action: 'up', target: prod(service), params });
    const run = granted(await runner.request(request));
    granted(await runner.vote(ballot(run, 'asker', { kind: 'confirm' })));
    await ground.time.pass(30_000);
    return ground.find(run.id);
  };
  const children = (run: Run) => ground.store.runs.children(run.id);
  const downs = () => Object.values(things).map((one) => one.downs);
  return { ...ground, things, runnerOver, putUp, children, downs };
}

const open = { ended: null };

describe('what was put up on all services for a while', () => {
  test('is taken down on each by a run of its own, once, whoever looks', async () => {
    const { runnerOver, putUp, children, time, downs, find, store } = put();
    const runners = [runnerOver(), runnerOver()];
    for (const runner of runners) runner.start();
    const up = await putUp(runners[0]);
    expect(up).toMatchObject({ state: 'succeeded', target: prod('all') });
    expect(up.ending).toMatchObject({ ...open, on: { a: null, b: null, c: null } });
    await time.pass(ttl - 31_000);
    expect([downs(), await children(up)]).toEqual([[0, 0, 0], []]);
    await time.pass(5_000);
    expect(downs()).toEqual([1, 1, 1]);
    const made = await children(up);
    expect(made.map(({ target, state, parent }) => [target, state, parent])).toEqual(
      ['a', 'b', 'c'].map((service) => [prod(service), 'succeeded', up.id]),
    );
    const done = made.map(({ id, target }) => [target.service, { how: 'done', by: id }] as const);
    expect((await find(up.id)).ending).toMatchObject({
      ended: { how: 'done' },
      on: Object.fromEntries(done),
    });
    for (const { id } of made) expect(await storyOf(store, id)).toContain('run.claimed gatehouse');
    await time.pass(2 * ttl);
    expect([downs(), (await children(up)).length]).toEqual([[1, 1, 1], 3]);
  });

  test('is taken down on the others while one is down, and there once it is up again', async () => {
    const { things, runnerOver, putUp, children, time, downs, find } = put();
    const runner = runnerOver();
    runner.start();
    const up = await putUp(runner);
    things.b.reachable = false;
    await time.pass(2 * ttl);
    expect(downs()).toEqual([1, 0, 1]);
    const { ending } = await find(up.id);
    expect(ending).toMatchObject({
      ...open,
      on: { a: { how: 'done' }, b: null, c: { how: 'done' } },
    });
    const held = (await children(up)).filter(({ state }) => state === 'requested');
    expect(held.map(({ target, why }) => [target.service, why])).toEqual([
      ['b', 'It cannot be planned yet: no answer. It is tried again by itself.'],
    ]);
    things.b.reachable = true;
    await time.pass(15_000);
    expect([downs(), (await children(up)).length]).toEqual([[1, 1, 1], 3]);
    expect((await find(up.id)).ending?.ended?.how).toBe('done');
  });

  test('stays where it was up before: only what was changed is taken down', async () => {
    const { things, runnerOver, putUp, children, time, downs } = put();
    things.b.by = 'somebody';
    const runner = runnerOver();
    runner.start();
    const up = await putUp(runner);
    expect(up.ending?.on).toEqual({ a: null, c: null });
    await time.pass(ttl);
    expect([downs(), things.b.by]).toEqual([[1, 0, 1], 'somebody']);
    expect((await children(up)).map(({ target }) => target.service)).toEqual(['a', 'c']);
  });

  test('ends nowhere that it had not come to when it broke off', async () => {
    const { things, runnerOver, putUp, children, time, downs, find } = put();
    things.b.up = () => ({ kind: 'unknown', why: 'reset' });
    const runner = runnerOver();
    runner.start();
    const up = await putUp(runner);
    expect([up.state, up.ending?.on]).toEqual(['interrupted', { a: null, b: null }]);
    things.c.by = 'somebody';
    await time.pass(ttl);
    expect([downs(), things.c.by]).toEqual([[1, 1, 0], 'somebody']);
    expect((await children(up)).length).toBe(2);
    expect((await find(up.id)).ending?.ended?.how).toBe('done');
  });

  test.each<[string, 'a' | 'b', string[] | null]>([
    ['the first service', 'a', null],
    ['a later service', 'b', ['a']],
  ])('does not end where it is certain that %s was not touched', async (_, service, left) => {
    const { things, runnerOver, putUp } = put();
    things[service].up = () => {
      throw new TargetError('no', { retryable: false, happened: false });
    };
    const up = await putUp(runnerOver());
    expect(up.state).toBe('failed');
    expect(up.ending && Object.keys(up.ending.on ?? {})).toEqual(left);
  });

  test('is left to people on the one service where it cannot be taken down', async () => {
    const { things, runnerOver, putUp, children, time, downs, find, log } = put();
    things.b.down = () => ({ kind: 'failed', why: 'never' });
    const runner = runnerOver({ times: { ...usualTimes, sweep: 20_000 } });
    runner.start();
    const up = await putUp(runner);
    await time.pass(6_000_000);
    const tries = (await children(up)).filter(({ target }) => target.service === 'b');
    expect([downs(), tries.length]).toEqual([[1, 0, 1], 12]);
    const by = tries.at(-1)?.id;
    expect((await find(up.id)).ending).toMatchObject({
      ended: { how: 'given-up', by },
      on: { a: { how: 'done' }, b: { how: 'given-up', by }, c: { how: 'done' } },
    });
    expect(log.lines).toContain('error What should have ended has to be undone by hand');
  });
});

describe('what was done again since', () => {
  const again = { again: true, after: 3 * ttl };

  test('on one service takes the place of the older end for all there, and only there', async () => {
    const { things, runnerOver, putUp, children, time, downs, find } = put();
    const runner = runnerOver();
    runner.start();
    const all = await putUp(runner);
    const one = await putUp(runner, 'b', again);
    expect((await find(all.id)).ending).toMatchObject({
      ...open,
      on: { a: null, b: { how: 'replaced', by: one.id }, c: null },
    });
    await time.pass(ttl);
    expect([downs(), things.b.by]).toEqual([[1, 0, 1], one.id]);
    expect((await find(all.id)).ending?.ended?.how).toBe('done');
    await time.pass(2 * ttl);
    expect([downs(), (await children(one)).length]).toEqual([[1, 1, 1], 1]);
  });

  test('on all services takes the place of the older end on one', async () => {
    const { things, runnerOver, putUp, children, time, downs, find } = put();
    const runner = runnerOver();
    runner.start();
    const one = await putUp(runner, 'b');
    const all = await putUp(runner, 'all', again);
    expect((await find(one.id)).ending?.ended).toEqual({ how: 'replaced', by: all.id });
    await time.pass(2 * ttl);
    expect([things.b.by, await children(one)]).toEqual([all.id, []]);
    await time.pass(ttl);
    expect(downs()).toEqual([1, 1, 1]);
  });

  test('on all services leaves an older end where it had nothing to do', async () => {
    const { things, runnerOver, putUp, time, downs, find } = put();
    const runner = runnerOver();
    runner.start();
    const one = await putUp(runner, 'b');
    const all = await putUp(runner, 'all', { after: 3 * ttl });
    expect(all.ending?.on).toEqual({ a: null, c: null });
    expect((await find(one.id)).ending?.ended).toBeNull();
    await time.pass(ttl);
    expect([downs(), things.a.by]).toEqual([[0, 1, 0], all.id]);
  });

  test('on all services takes the place of the older end for all', async () => {
    const { runnerOver, putUp, children, time, downs, find } = put();
    const runner = runnerOver();
    runner.start();
    const first = await putUp(runner);
    const second = await putUp(runner, 'all', again);
    const by = { how: 'replaced', by: second.id };
    expect((await find(first.id)).ending).toMatchObject({ ended: by, on: { a: by, b: by, c: by } });
    await time.pass(4 * ttl);
    expect([downs(), await children(first)]).toEqual([[1, 1, 1], []]);
  });

  test.each([
    ['one service', 'all', 'b'],
    ['all services', 'b', 'all'],
  ])('on %s is found also when nobody wrote it down', async (_, older, newer) => {
    const { things, runnerOver, putUp, children, time, store, find } = put();
    const lost = async () => {
      throw new Error('the connection was lost');
    };
    const runner = runnerOver({ runs: { ...store.runs, lasting: lost } });
    runner.start();
    const first = await putUp(runner, older, { after: 2 * ttl });
    const second = await putUp(runner, newer, { again: true });
    await runner.stop(0);
    runnerOver().start();
    await time.pass(ttl);
    expect(things.b.by).toBeNull(); // the newer one ended earlier
    things.b.by = 'somebody else';
    await time.pass(2 * ttl);
    expect(things.b.by).toBe('somebody else');
    const { ending } = await find(first.id);
    expect(ending?.on?.b ?? ending?.ended).toEqual({ how: 'replaced', by: second.id });
    expect((await children(first)).map(({ target }) => target.service)).not.toContain('b');
  });
});

describe('a run that says it ends what was done to all services', () => {
  const forge = async (
    { store, runnerOver, time, find }: ReturnType<typeof put>,
    up: Run,
    target: Target,
    runs: Partial<typeof store.runs> = {},
  ): Promise<Run> => {
    const asked = { action: 'down', target, params: { it: 1 }, reason: '', askedIn: null };
    const by = { requestedBy: { id: 'gatehouse', team: 'T1' }, parent: up.id };
    const entry = { event: 'run.requested', actor: 'gatehouse', facts: {} };
    const { id } = await store.runs.create({ id: 'R-forged', ...asked, ...by }, entry);
    const runner = runnerOver({ runs: { ...store.runs, ...runs } });
    runner.start();
    await time.pass(20_000);
    return find(id);
  };

  test.each([
    ['on a service that had nothing to do', prod('b')],
    ['in another environment', { service: 'a', env: 'staging' }],
    ['on all of them at once', prod('all')],
  ])('does nothing %s', async (_, target) => {
    const world = put();
    world.things.b.by = 'somebody';
    const first = world.runnerOver();
    first.start();
    const up = await world.putUp(first);
    await first.stop(0);
    await world.time.pass(ttl);
    const forged = await forge(world, up, target, { toEnd: async () => [] });
    expect(forged).toMatchObject({ state: 'denied', steps: [] });
    expect(forged.why).toContain('does not say that');
    expect(world.downs()).toEqual([0, 0, 0]);
  });

  test('does nothing on a service that its plan does not name, whatever stands beside the plan', async () => {
    const world = put();
    world.things.b.by = 'somebody';
    const first = world.runnerOver();
    first.start();
    const up = await world.putUp(first);
    await first.stop(0);
    await world.time.pass(ttl);
    const forged = await forge(world, up, prod('b'), {
      toEnd: async () => [],
      find: async (id) => {
        const run = await world.store.runs.find(id);
        const { ending } = run ?? {};
        if (!run || !ending || id !== up.id) return run;
        return { ...run, ending: { ...ending, on: { ...ending.on, b: null } } };
      },
    });
    expect([forged.state, world.things.b.by]).toEqual(['denied', 'somebody']);
  });

  test('does nothing where that has ended already', async () => {
    const world = put();
    const first = world.runnerOver();
    first.start();
    const up = await world.putUp(first);
    const one = await world.putUp(first, 'b', { again: true, after: 9 * ttl });
    await first.stop(0);
    await world.time.pass(ttl);
    const forged = await forge(world, up, prod('b'), { toEnd: async () => [] });
    expect([forged.state, world.things.b.by]).toEqual(['denied', one.id]);
  });
});

describe('of an end that went as it was approved', () => {
  /** What is sent into direct messages from the moment on at which it is to end, each as often as it is. */
  function listening() {
    const all = put();
    const { runs } = all.store;
    const sent: string[] = [];
    let isOn = false;
    const noted: typeof runs = {
      ...runs,
      transition: async (wanted) => {
        const done = await runs.transition(wanted);
        const direct = wanted.messages.filter(({ to }) => to.startsWith('user:'));
        if (isOn && done.kind === 'done')
          sent.push(...direct.map(({ kind, to }) => `${kind} ${to}`));
        return done;
      },
    };
    const places = ['C-approvals', 'user:m1', 'user:m2', 'user:asker'];
    const told = async (
      service: string,
      at: readonly string[],
      things = () => {},
      ms = 2 * ttl,
    ) => {
      const times = { ...usualTimes, sweep: ms > 2 * ttl ? 20_000 : usualTimes.sweep };
      const runner = all.runnerOver({ runs: noted, cardPlaces: () => at, times });
      runner.start();
      const up = await all.putUp(runner, service);
      isOn = true;
      things();
      await all.time.pass(ms);
      await runner.stop(0);
      return { sent: sent.splice(0), up: await all.find(up.id) };
    };
    return { ...all, places, told };
  }

  test.each(['all', 'b'])('on %s nobody hears but who asked, once', async (service) => {
    const { places, told } = listening();
    const { sent, up } = await told(service, places);
    expect(up.ending?.ended?.how).toBe('done');
    expect(sent).toEqual(['ended user:asker']);
  });

  test('it is seen where there is no channel, by who asked', async () => {
    const { told } = listening();
    const { sent } = await told('b', ['user:m1', 'user:asker']);
    expect([...new Set(sent)]).toEqual(['card user:asker', 'ended user:asker']);
  });

  test('its cards stand in the channel', async () => {
    const { told, places, children, store } = listening();
    const { up } = await told('all', places);
    for (const { id } of await children(up)) {
      expect(await store.outbox.standing(id, 'card', 'user:m1')).toBeNull();
    }
    const rows = [];
    for (let some = await store.outbox.take(500); some.length > 0; ) {
      rows.push(...some);
      for (const { id } of some) await store.outbox.report(id, { kind: 'never', why: 'read' });
      some = await store.outbox.take(500);
    }
    const ends = new Set((await children(up)).map(({ id }) => id));
    const cards = rows.filter(({ subject }) => ends.has(subject));
    expect(cards.map(({ kind, to }) => `${kind} ${to}`)).toEqual(Array(3).fill('card C-approvals'));
  });

  test('one that goes wrong is told as before, and not as one that has ended', async () => {
    const { told, places, things } = listening();
    const { sent } = await told('b', places, () => {
      things.b.down = () => ({ kind: 'failed', why: 'never' });
    });
    expect(sent).toEqual(['end user:asker']);
  });

  test('one that is left to people is told of at the first try and at the last, and not as one that has ended', async () => {
    const { told, places, things } = listening();
    const broken = () => {
      things.b.down = () => ({ kind: 'failed', why: 'never' });
    };
    const { sent, up } = await told('all', places, broken, 6_000_000);
    expect(up.ending?.ended?.how).toBe('given-up');
    expect(sent).toEqual(['end user:asker', 'end user:asker']);
  });
});
