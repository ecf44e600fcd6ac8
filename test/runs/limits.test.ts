import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notesAMinute } from '../../src/core/audit.ts';
import type { Limits } from '../../src/core/limits.ts';
import type { Run } from '../../src/core/run.ts';
import { usualTimes } from '../../src/runs/run-tools.ts';
import { inputs } from '../support/inputs.ts';
import { aRequest, ballot, granted, grounds, storyOf } from './grounds.ts';

const minute = 60_000;
const limited = (change: Partial<Limits>) => ({
  limits: (): Limits => ({ perPerson: {}, perTarget: {}, ...change }),
});
const twoHigh = limited({ perPerson: { high: { most: 2, within: 60 * minute } } });
const oneRestart = limited({ perTarget: { restart: { most: 1, within: 30 * minute } } });
const target = (service: string) => ({ service, env: 'prod' });

type Grounds = ReturnType<typeof grounds>;
const ask = ({ runner }: Pick<Grounds, 'runner'>, change: Parameters<typeof aRequest>[0] = {}) =>
  runner.request(aRequest(change));
const by = (id: string) => ({ id, team: 'T1', roles: ['oncall'] });

describe('a limit for one person', () => {
  test('lets so many requests in and refuses the next with when there is room again', async () => {
    const here = grounds(twoHigh);
    const first = granted(await ask(here));
    await here.time.pass(minute);
    granted(await ask(here, { target: target('rust-auth') }));
    await here.time.pass(minute);
    expect(await ask(here)).toEqual({
      ok: false,
      error: {
        kind: 'limit',
        per: 'person',
        what: 'high',
        target: 'rms-auth@prod',
        most: 2,
        within: 60 * minute,
        roomAt: first.createdAt + 60 * minute,
      },
    });
    granted(await ask(here, { by: by('m1') }));
    await here.time.pass(58 * minute);
    granted(await ask(here));
  });

  test('is written down when it refuses, shows nobody a card, and what it refused counts for nothing', async () => {
    const here = grounds({ ...twoHigh, cardPlaces: ({ id }) => [`C-${id}`] });
    granted(await ask(here));
    granted(await ask(here));
    for (let n = 0; n < 5; n += 1) await ask(here);
    const refused = await here.find('R-7');
    expect(refused).toMatchObject({
      state: 'denied',
      why: expect.stringMatching(
        /has asked for 2 of high within 1 h, which is the limit; there is/,
      ),
    });
    expect(await storyOf(here.store, 'R-7')).toEqual([
      'run.requested user:T1/asker',
      'run.planned gatehouse',
      'run.refused gatehouse',
    ]);
    const cards = await here.store.outbox.take(100);
    expect(new Set(cards.map(({ subject }) => subject))).toEqual(new Set(['R-1', 'R-2']));
    await here.time.pass(60 * minute);
    granted(await ask(here));
  });

  test('counts across a restart of the process, and across processes', async () => {
    const here = grounds(twoHigh);
    granted(await here.runnerOver().request(aRequest()));
    granted(await here.runnerOver().request(aRequest()));
    expect((await here.runnerOver().request(aRequest())).ok).toBe(false);
  });

  test('is never exceeded by requests in the same instant', async () => {
    const here = grounds(twoHigh);
    const all = await Promise.all(Array.from({ length: 6 }, () => ask(here)));
    expect(all.filter(({ ok }) => ok).length).toBeLessThanOrEqual(2);
    granted(await ask(here, { by: by('m2') }));
  });

  test('may be for an action, whatever its risk', async () => {
    const here = grounds(limited({ perPerson: { restart: { most: 1, within: 10 * minute } } }));
    granted(await ask(here));
    expect(await ask(here)).toMatchObject({ error: { kind: 'limit', what: 'restart' } });
  });

  test('fails closed: what cannot be counted is not asked for', async () => {
    const broken = {
      asked: () => Promise.reject(new Error('no database')),
      refused: async () => null,
      begun: async () => null,
    };
    const here = grounds({ ...twoHigh, tally: broken });
    await expect(ask(here)).rejects.toThrow('no database');
    expect((await here.find('R-1')).state).toBe('failed');
  });
});

describe('a limit for one target', () => {
  const approve = async (here: Grounds, run: Run) => {
    granted(await here.runner.vote(ballot(run, 'm1')));
    await here.time.pass(20_000);
    return here.find(run.id);
  };

  test('counts what began, and refuses the next request while it lasts', async () => {
    const here = grounds(oneRestart);
    const waiting = granted(await ask(here));
    granted(await ask(here)); // nothing has begun yet
    const done = await approve(here, waiting);
    expect(done.state).toBe('succeeded');
    expect(await ask(here)).toMatchObject({
      error: { kind: 'limit', per: 'target', what: 'restart', target: 'rms-auth@prod', most: 1 },
    });
    granted(await ask(here, { target: target('rust-auth') }));
    await here.time.pass(30 * minute);
    granted(await ask(here));
  });

  test('holds what was approved before, under the lock: it stays approved, and expires with the reason', async () => {
    const here = grounds(oneRestart);
    here.runner.start();
    const [one, other] = [granted(await ask(here)), granted(await ask(here))];
    await Promise.all([one, other].map((run) => here.runner.vote(ballot(run, 'm1'))));
    await here.time.pass(60_000);
    const states = [one, other].map(async ({ id }) => (await here.find(id)).state);
    expect((await Promise.all(states)).toSorted()).toEqual(['approved', 'succeeded']);
    expect(here.machine.effects).toEqual(['one', 'two']);
    await here.time.pass(15 * minute);
    const ended = await Promise.all([one, other].map(({ id }) => here.find(id)));
    expect(ended.map(({ state }) => state).toSorted()).toEqual(['expired', 'succeeded']);
    expect(ended.find(({ state }) => state === 'expired')?.why).toMatch(
      /ran out before it could begin. Nothing was done. restart has begun on rms-auth@prod 1 times/,
    );
    expect(here.machine.effects).toEqual(['one', 'two']);
    await here.runner.stop(0);
  });

  test('lets what was held begin once there is room', async () => {
    const here = grounds(limited({ perTarget: { restart: { most: 1, within: 3 * minute } } }));
    here.runner.start();
    const [one, other] = [granted(await ask(here)), granted(await ask(here))];
    await Promise.all([one, other].map((run) => here.runner.vote(ballot(run, 'm1'))));
    await here.time.pass(4 * minute);
    for (const { id } of [one, other]) expect((await here.find(id)).state).toBe('succeeded');
    expect(here.machine.effects).toHaveLength(4);
    await here.runner.stop(0);
  });

  test('is never exceeded, whatever is asked for and approved when, by any number of processes', async () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 3 }),
      service: fc.constantFrom('rms-auth', 'rust-auth'),
      approves: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
        const begun = await begunAmid(steps);
        for (const times of begun) {
          for (const [index, at] of times.entries()) {
            const before = times[index - few.most] ?? Number.NEGATIVE_INFINITY;
            expect(at - before).toBeGreaterThanOrEqual(few.within);
          }
        }
      }),
      { numRuns: inputs(15) },
    );
  });
});

describe('a limit on a service, and on all of them at once', () => {
  const services = ['enterprise-auth', 'rms-auth', 'rust-auth'];
  const world = (idle = new Set<string>()) =>
    grounds({
      ...oneRestart,
      targetsIn: () => services.map(target),
      action: {
        everywhere: true,
        precheck: async (_params, on) => {
          const nothingToDo = idle.has(on.target.service);
          return { ok: !nothingToDo, nothingToDo, checks: [] };
        },
      },
    });
  const done = async (here: Grounds, service: string) => {
    const run = granted(await ask(here, { target: target(service) }));
    granted(await here.runner.vote(ballot(run, 'm1')));
    await here.time.pass(20_000);
    expect((await here.find(run.id)).state).toBe('succeeded');
  };
  const refused = (service: string) => ({
    error: { kind: 'limit', per: 'target', target: `${service}@prod`, most: 1 },
  });

  test('what began on one counts for all, which says where', async () => {
    const here = world();
    await done(here, 'rms-auth');
    expect(await ask(here, { target: target('all') })).toMatchObject(refused('rms-auth'));
    expect((await here.find('R-2')).why).toMatch(/^restart has begun on rms-auth@prod 1 times/);
    granted(await ask(here, { target: target('rust-auth') }));
    await here.time.pass(30 * minute);
    await done(here, 'all');
  });

  test('what began on all counts for each of them', async () => {
    const here = world();
    await done(here, 'all');
    for (const service of services) {
      expect(await ask(here, { target: target(service) })).toMatchObject(refused(service));
    }
    expect(await ask(here, { target: target('all') })).toMatchObject({ error: { kind: 'limit' } });
  });

  test('where all had nothing to do, nothing counts, and what began there is in nobody’s way', async () => {
    const idle = new Set(['rms-auth']);
    const here = world(idle);
    await done(here, 'all');
    idle.clear();
    await done(here, 'rms-auth');
    expect(await ask(here, { target: target('rust-auth') })).toMatchObject(refused('rust-auth'));
    await here.time.pass(30 * minute - 30_000); // there is room where all began, not yet on rms-auth
    idle.add('rms-auth');
    granted(await ask(here, { target: target('all') }));
  });

  test('of several that are full, the last to have room says when', async () => {
    const here = world();
    await done(here, 'rust-auth');
    await here.time.pass(minute);
    await done(here, 'enterprise-auth');
    expect(await ask(here, { target: target('all') })).toMatchObject(refused('enterprise-auth'));
  });

  test.each([
    ['one', 'rms-auth', 'all'],
    ['all', 'all', 'rms-auth'],
  ])('what was approved before is held once %s has begun', async (_, first, second) => {
    const here = world();
    here.runner.start();
    const one = granted(await ask(here, { target: target(first) }));
    const other = granted(await ask(here, { target: target(second) }));
    granted(await here.runner.vote(ballot(one, 'm1')));
    await here.time.pass(10_000);
    granted(await here.runner.vote(ballot(other, 'm1')));
    await here.time.pass(10_000);
    const states = [await here.find(one.id), await here.find(other.id)].map(({ state }) => state);
    expect(states).toEqual(['succeeded', 'approved']);
    await here.time.pass(15 * minute);
    expect((await here.find(other.id)).why).toContain('restart has begun on rms-auth@prod 1 times');
    await here.runner.stop(0);
  });
});

const few = { most: 2, within: 5 * minute };

interface Step {
  wait: number;
  service: string;
  approves: boolean;
}

/** When runs began on each service, oldest first, while two processes are asked in turn. */
async function begunAmid(steps: readonly Step[]): Promise<number[][]> {
  const times = { ...usualTimes, sweep: 5_000 };
  const here = grounds({ ...limited({ perTarget: { restart: few } }), times });
  const runners = [here.runner, here.runnerOver()];
  for (const one of runners) one.start();
  for (const [at, { wait, service, approves }] of steps.entries()) {
    const runner = runners[at % 2] ?? here.runner;
    const asked = await runner.request(aRequest({ target: target(service) }));
    if (asked.ok && approves) await runner.vote(ballot(asked.value, 'm1'));
    await here.time.pass(wait * minute);
  }
  await here.time.pass(12 * minute);
  for (const one of runners) await one.stop(0);
  const records = await here.store.audit.find({ limit: 1_000 });
  const executing = records.filter(({ event }) => event === 'run.executing');
  return ['rms-auth', 'rust-auth'].map((service) =>
    executing
      .filter(({ facts }) => facts.service === service)
      .map(({ at }) => at)
      .toSorted((a, b) => a - b),
  );
}

describe('a limit for what is refused', () => {
  const twoRefused = limited({ perPerson: { refused: { most: 2, within: 10 * minute } } });
  const unwell = { precheck: async () => ({ ok: false, checks: [] }) };
  const refusing = (change: Parameters<typeof grounds>[0] = {}) => {
    let well = false;
    const precheck = async () => (well ? { ok: true, checks: [] } : unwell.precheck());
    const here = grounds({ ...twoRefused, action: { precheck }, ...change });
    return {
      ...here,
      mend: () => {
        well = true;
      },
    };
  };
  const tooOften = { error: { kind: 'limit', per: 'person', what: 'refused', most: 2 } };

  test('turns away whoever was refused so often, whatever they ask for, and writes no run down', async () => {
    const here = refusing();
    const ids = async () => (await here.store.runs.inStates(['denied'])).map(({ id }) => id);
    for (let n = 0; n < 2; n += 1) {
      expect(await ask(here)).toMatchObject({ error: { kind: 'not-now' } });
    }
    for (let n = 0; n < 50; n += 1) expect(await ask(here)).toMatchObject(tooOften);
    here.mend();
    expect(await ask(here, { target: target('rust-auth') })).toMatchObject(tooOften);
    expect(await ids()).toHaveLength(2);
    granted(await ask(here, { by: by('m1') }));
    await here.time.pass(10 * minute);
    granted(await ask(here));
  });

  test('holds across a restart of the process, and across processes', async () => {
    const here = refusing();
    await here.runnerOver().request(aRequest());
    await here.runnerOver().request(aRequest());
    expect(await here.runnerOver().request(aRequest())).toMatchObject(tooOften);
  });

  test('does not count what people turned down', async () => {
    const here = refusing();
    here.mend();
    for (let n = 0; n < 3; n += 1) {
      const run = granted(await ask(here));
      granted(await here.runner.vote(ballot(run, 'm1', { kind: 'deny' })));
    }
    granted(await ask(here));
  });

  test('is noted for the audit, a few times a minute', async () => {
    const here = refusing();
    const runner = here.runnerOver({ notes: here.store.notes });
    for (let n = 0; n < 100; n += 1) await runner.request(aRequest());
    const notes = await here.store.audit.find({ subject: 'system:requests', limit: 1_000 });
    expect(notes).toHaveLength(notesAMinute);
    expect(notes[0]).toMatchObject({
      event: 'request.turned-away',
      actor: 'user:T1/asker',
      facts: { action: 'restart', service: 'rms-auth', env: 'prod', most: 2, within: 10 * minute },
    });
    const runs = await here.store.audit.find({ limit: 1_000 });
    expect(runs.length - notes.length).toBe(4); // two runs, refused each
  });

  test('refuses as well when that cannot be noted, and says so to operators', async () => {
    const here = refusing();
    const notes = { ...here.store.notes, append: () => Promise.reject(new Error('no database')) };
    const runner = here.runnerOver({ notes });
    for (let n = 0; n < 2; n += 1) await runner.request(aRequest());
    expect(await runner.request(aRequest())).toMatchObject({ ok: false, error: { kind: 'limit' } });
    expect(here.log.lines.join()).toContain(
      'error A request that was turned away could not be written down',
    );
  });

  test('lets nothing in when it cannot be counted', async () => {
    const here = refusing();
    const tally = { ...here.store.tally, refused: () => Promise.reject(new Error('no database')) };
    await expect(here.runnerOver({ tally }).request(aRequest())).rejects.toThrow('no database');
    expect(await here.store.runs.inStates(['requested', 'denied', 'failed'])).toEqual([]);
  });
});
