import { describe, expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import { TargetError } from '../../src/core/errors.ts';
import { approvalsAnywhere as defaultApprovals } from '../support/approvals-anywhere.ts';
import { type actionOn, aRequest, ballot, granted, grounds, spoilt, storyOf } from './grounds.ts';

const { production } = defaultApprovals;
/** What the production rows ask for, with one set for everything. */
const always = (set: ApprovalSet) => () => ({
  ...defaultApprovals,
  production: { low: set, high: set, destructive: set },
});
const nothing: ApprovalSet = { ...production.high, name: 'none', slots: [] };
type Ground = ReturnType<typeof grounds>;
const hung = () => new Promise<never>(() => {});

describe('a run, from the asking to the end', () => {
  test('waits for a manager, is done once, and its audit tells all of it', async () => {
    const { runner, store, machine, time, find } = grounds();
    const run = granted(await runner.request(aRequest()));
    expect(run).toMatchObject({
      state: 'waiting',
      approval: { name: 'one' },
      waitsUntil: time.clock.now() + 900_000,
    });
    expect(machine.effects).toEqual([]);
    const approved = granted(await runner.vote(ballot(run, 'm1')));
    expect(approved).toMatchObject({ state: 'approved', validUntil: time.clock.now() + 600_000 });
    await time.pass(0);
    expect(machine.effects).toEqual(['one', 'two']);
    expect(await find(run.id)).toMatchObject({
      state: 'succeeded',
      why: null,
      verdict: { ok: true },
      steps: [
        { id: 'one', outcome: { kind: 'done' } },
        { id: 'two', outcome: { kind: 'done' } },
      ],
    });
    expect(await storyOf(store, run.id)).toEqual([
      'run.requested user:T1/asker',
      'run.planned gatehouse',
      'run.waiting gatehouse',
      'run.approved user:T1/m1',
      'run.claimed gatehouse',
      'run.executing gatehouse',
      'run.step-begun gatehouse',
      'run.step-done gatehouse',
      'run.step-begun gatehouse',
      'run.verifying gatehouse',
      'run.succeeded gatehouse',
    ]);
    expect(await store.locks.holders('rms-auth@prod')).toEqual([]);
  });

  test('begins at once when nobody has to say anything', async () => {
    const { runner, machine, time, find } = grounds({ approvals: always(nothing) });
    const run = granted(await runner.request(aRequest()));
    await time.pass(0);
    expect((await find(run.id)).state).toBe('succeeded');
    expect(machine.effects).toEqual(['one', 'two']);
  });

  test('of low risk needs the requester’s word, and nobody else’s', async () => {
    const { runner, time, find } = grounds({ approvals: always(production.low) });
    const run = granted(await runner.request(aRequest()));
    const others = await runner.vote(ballot(run, 'm1', { kind: 'confirm' }));
    expect(others).toMatchObject({ ok: false, error: { kind: 'not-yours' } });
    granted(await runner.vote(ballot(run, 'asker', { kind: 'confirm' })));
    await time.pass(0);
    expect((await find(run.id)).state).toBe('succeeded');
  });

  test('asks for its card to be shown at every change that people see', async () => {
    const { runner, store, time } = grounds();
    const run = granted(await runner.request(aRequest()));
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(0);
    const [card, end, ...others] = await store.outbox.take(10);
    const last = (await store.runs.find(run.id))?.version;
    expect(others).toEqual([]);
    expect(card).toMatchObject({ kind: 'card', subject: run.id, to: 'C-approvals', wanted: last });
    expect(end).toMatchObject({ kind: 'end', subject: run.id, to: 'user:asker', wanted: last });
  });

  test('previewed is not written down and changes nothing', async () => {
    const { runner, store, machine } = grounds();
    const plan = granted(await runner.preview(aRequest()));
    expect(plan).toMatchObject({
      action: 'restart',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(machine.effects).toEqual([]);
    expect(await store.audit.find({ limit: 10 })).toEqual([]);
  });
});

describe('a request is refused', () => {
  test('when the target lacks what the action needs, before anything is written', async () => {
    const { runner, store, can } = grounds();
    delete can.lifecycle;
    expect(await runner.request(aRequest())).toEqual({
      ok: false,
      error: { kind: 'cannot', action: 'restart', target: 'rms-auth@prod', needs: ['lifecycle'] },
    });
    expect(await store.audit.find({ limit: 10 })).toEqual([]);
  });

  test('when there is no sense in it now, with a record', async () => {
    const verdict = { ok: false, checks: [{ name: 'copies', ok: false, seen: 'none' }] };
    const { runner, store, find } = grounds({ action: { precheck: async () => verdict } });
    expect(await runner.request(aRequest())).toEqual({
      ok: false,
      error: { kind: 'not-now', verdict, action: 'restart' },
    });
    expect(await find('R-1')).toMatchObject({ state: 'denied', why: 'Not now: copies: none.' });
    expect(await storyOf(store, 'R-1')).toEqual([
      'run.requested user:T1/asker',
      'run.refused gatehouse',
    ]);
  });

  test('when the target does not answer in time', async () => {
    const { runner, time, find } = grounds({ action: { plan: hung } });
    const asked = runner.request(aRequest());
    await time.pass(10_000);
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'not-now' } });
    expect((await find('R-1')).state).toBe('denied');
  });

  test('when the reason is too short for what it is', async () => {
    const { runner, find } = grounds({ approvals: always(production.destructive) });
    for (const reason of ['because', 'twenty are not here', 'but   19 not blanks ']) {
      const asked = await runner.request(aRequest({ reason }));
      expect(asked).toEqual({ ok: false, error: { kind: 'reason-too-short', least: 20 } });
    }
    expect((await find('R-1')).state).toBe('denied');
    const enough = await runner.request(aRequest({ reason: 'these are exactly 20' }));
    expect(granted(enough).state).toBe('waiting');
  });

  test.each([
    ['are stopped', async () => 'All changes are stopped.', 'All changes are stopped.'],
    [
      'may be stopped for all anybody knows',
      async () => Promise.reject(new Error('no answer')),
      'no answer',
    ],
  ])('while all changes %s, before anything is written', async (_how, stopped, why) => {
    const { runner, store } = grounds({ stopped });
    const error = { kind: 'stopped', why };
    expect(await runner.request(aRequest())).toEqual({ ok: false, error });
    expect(await store.audit.find({ limit: 10 })).toEqual([]);
  });

  test('and a fault while planning ends it, so that nothing is left open', async () => {
    const broken = async () => {
      throw new TypeError('a mistake of ours');
    };
    const { runner, find } = grounds({ action: { plan: broken } });
    await expect(runner.request(aRequest())).rejects.toThrow('a mistake of ours');
    expect(await find('R-1')).toMatchObject({ state: 'failed', plan: null });
  });
});

describe('a vote', () => {
  const waiting = async (change = {}) => {
    const all = grounds(change);
    return { ...all, run: granted(await all.runner.request(aRequest())) };
  };

  test.each([
    ['of the requester', 'asker', {}, 'own-request'],
    ['of somebody without the role', 'viewer', {}, 'not-eligible'],
    ['for another plan', 'm1', { planHash: '0'.repeat(8) }, 'other-plan'],
    ['for no plan in particular', 'm1', { planHash: '' }, 'other-plan'],
    ['for a run that is none', 'm1', { run: 'R-9' }, 'no-such-run'],
  ])('%s is refused', async (_whose, person, change, kind) => {
    const { runner, run, machine, time } = await waiting();
    expect(await runner.vote(ballot(run, person, change))).toMatchObject({
      ok: false,
      error: { kind },
    });
    await time.pass(0);
    expect(machine.effects).toEqual([]);
  });

  test('of somebody whose account was closed is refused', async () => {
    const { runner, run, house } = await waiting();
    house.gone.add('m1');
    expect(await runner.vote(ballot(run, 'm1'))).toMatchObject({ error: { kind: 'not-verified' } });
  });

  test('carries the roles that the directory knows, whatever the ballot says', async () => {
    const { runner, run } = await waiting();
    const by = { id: 'viewer', team: 'T1', roles: ['manager'] };
    expect(await runner.vote({ ...ballot(run, 'viewer'), by })).toMatchObject({
      error: { kind: 'not-eligible' },
    });
  });

  test('of whom it is about never counts', async () => {
    const { runner, run } = await waiting({ action: { about: () => ['m1'] } });
    expect(await runner.vote(ballot(run, 'm1'))).toMatchObject({ error: { kind: 'not-eligible' } });
  });

  test('twice is one, and two people are needed where two are', async () => {
    const { runner, time, find, run, machine } = await waiting({
      approvals: always(production.destructive),
    });
    const typedTarget = 'rms-auth@prod';
    granted(await runner.vote(ballot(run, 'm1', { typedTarget })));
    expect(await runner.vote(ballot(run, 'm1', { typedTarget }))).toMatchObject({
      error: { kind: 'voted-already' },
    });
    expect(await runner.vote(ballot(run, 's1', { typedTarget: 'rms-auth' }))).toMatchObject({
      error: { kind: 'wrong-target-typed', expected: typedTarget },
    });
    expect((await find(run.id)).state).toBe('waiting');
    granted(await runner.vote(ballot(run, 's1', { typedTarget })));
    await time.pass(0);
    expect((await find(run.id)).state).toBe('succeeded');
    expect(machine.effects).toEqual(['one', 'two']);
  });

  test('that says no ends it, and no yes helps any more', async () => {
    const { runner, run, find, time } = await waiting();
    granted(await runner.vote(ballot(run, 'm2', { kind: 'deny', note: 'wrong one' })));
    expect(await runner.vote(ballot(run, 'm1'))).toMatchObject({
      error: { kind: 'already', state: 'denied' },
    });
    await time.pass(0);
    expect(await find(run.id)).toMatchObject({ state: 'denied', why: 'wrong one' });
  });

  test('in the same instant as others is counted as well, and the run is done once', async () => {
    const { runner, run, find, time, machine } = await waiting();
    const said = await Promise.all(
      ['m1', 'm2', 'm1', 'm2'].map((person) => runner.vote(ballot(run, person))),
    );
    expect(said.filter((one) => one.ok)).toHaveLength(1);
    await time.pass(0);
    expect((await find(run.id)).state).toBe('succeeded');
    expect(machine.effects).toEqual(['one', 'two']);
  });

  test('after the waiting is over is too late', async () => {
    const { runner, run, time, find } = await waiting();
    await time.pass(900_000);
    expect(await runner.vote(ballot(run, 'm1'))).toMatchObject({ error: { kind: 'too-late' } });
    runner.start();
    await time.pass(1_000);
    expect((await find(run.id)).state).toBe('expired');
    await runner.stop(0);
  });
});

describe('what was asked for can be taken back', () => {
  test('by who asked, while it has not begun', async () => {
    const { runner, find } = grounds();
    const run = granted(await runner.request(aRequest()));
    const { by } = ballot(run, 'm1');
    expect(await runner.cancel(run.id, by)).toMatchObject({ error: { kind: 'not-yours' } });
    granted(await runner.cancel(run.id, aRequest().by));
    expect((await find(run.id)).state).toBe('cancelled');
    expect(await runner.cancel(run.id, aRequest().by)).toMatchObject({
      error: { kind: 'already', state: 'cancelled' },
    });
  });
});

describe('between approval and start', () => {
  const approved = async (
    change: Parameters<typeof grounds>[0] = {},
    before = (_: ReturnType<typeof grounds>) => {},
  ) => {
    const all = grounds(change);
    const run = granted(await all.runner.request(aRequest()));
    before(all);
    granted(await all.runner.vote(ballot(run, 'm1')));
    all.runner.start();
    await all.time.pass(0);
    return { ...all, run };
  };
  const ended = async ({ runner }: { runner: { stop(ms: number): Promise<void> } }) =>
    runner.stop(0);

  test('a changed target ends it, says what is different, and nothing is done', async () => {
    const all = await approved({}, ({ machine }) => {
      machine.release = '2.0';
    });
    const { state, why, plan, newPlan } = await all.find(all.run.id);
    expect([state, all.machine.effects]).toEqual(['superseded', []]);
    expect(why).toMatch(
      /another one now \([0-9a-f]{8}\): release was 1\.0, is 2\.0\. Nothing was done/,
    );
    expect(newPlan).toMatchObject({ facts: [{ name: 'release', value: '2.0' }, {}] });
    expect(why).toContain(newPlan?.hash.slice(0, 8));
    expect(plan).toEqual(all.run.plan); // what was approved stays what it was
    await ended(all);
  });

  test('a changed policy ends it', async () => {
    let policy = defaultApprovals;
    const all = await approved({ approvals: () => policy }, () => {
      policy = { ...defaultApprovals, version: 'another' };
    });
    expect(await all.find(all.run.id)).toMatchObject({ state: 'superseded' });
    await ended(all);
  });

  test('an environment that has become production ends it', async () => {
    let prod = false;
    const elsewhere = { ...defaultApprovals.elsewhere, high: production.high };
    const approvals = () => ({
      ...defaultApprovals,
      elsewhere,
      production: { ...production, high: production.destructive },
    });
    const all = await approved({ approvals, isProduction: () => prod }, () => {
      prod = true;
    });
    expect(await all.find(all.run.id)).toMatchObject({
      state: 'superseded',
      why: expect.stringContaining('Other approvals are needed'),
      newPlan: { hash: all.run.plan?.hash },
    });
    await ended(all);
  });

  test.each([
    [
      'an approver who lost the role',
      (all: Ground) => all.house.roles.set('m1', ['oncall']),
      'lost the role',
    ],
    [
      'an approver whose account was closed',
      (all: Ground) => all.house.gone.add('m1'),
      'lost the role',
    ],
    [
      'a requester whose account was closed',
      (all: Ground) => all.house.gone.add('asker'),
      'not a member',
    ],
  ])('%s ends it', async (_who, change, why) => {
    const all = await approved({}, ({ house }) => house.silent.add('m1'));
    expect(await all.find(all.run.id)).toMatchObject({ state: 'approved' });
    change(all);
    all.house.silent.clear();
    await all.time.pass(5_000);
    expect(await all.find(all.run.id)).toMatchObject({
      state: 'denied',
      why: expect.stringContaining(why),
    });
    expect(all.machine.effects).toEqual([]);
    await ended(all);
  });

  test('a directory that does not answer holds it, and it begins when it does again', async () => {
    const all = await approved({}, ({ house }) => house.silent.add('m1'));
    expect(await all.find(all.run.id)).toMatchObject({ state: 'approved' });
    expect(await all.store.locks.holders('rms-auth@prod')).toEqual([]);
    all.house.silent.clear();
    await all.time.pass(5_000);
    expect(await all.find(all.run.id)).toMatchObject({ state: 'succeeded' });
    await ended(all);
  });

  test('a busy target holds it until its validity ends', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    const lock = await all.store.locks.acquire('rms-auth@prod', 'user:T1/m2');
    granted(await all.runner.vote(ballot(run, 'm1')));
    all.runner.start();
    await all.time.pass(599_000);
    expect(await all.find(run.id)).toMatchObject({ state: 'approved' });
    await all.time.pass(2_000);
    expect(await all.find(run.id)).toMatchObject({
      state: 'expired',
      why: expect.stringContaining('rms-auth@prod is being worked on by user:T1/m2'),
    });
    expect(all.machine.effects).toEqual([]);
    if ('release' in lock) await lock.release();
    await ended(all);
  });

  test('a target that is free again is taken within a second, however long it was busy', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    const lock = await all.store.locks.acquire('rms-auth@prod', 'user:T1/m2');
    granted(await all.runner.vote(ballot(run, 'm1')));
    all.runner.start();
    await all.time.pass(60_000);
    if ('release' in lock) await lock.release();
    await all.time.pass(1_000);
    expect(await all.find(run.id)).toMatchObject({ state: 'succeeded' });
    await ended(all);
  });

  test('a stop of all changes holds it', async () => {
    let stop: string | null = null;
    const all = await approved({ stopped: async () => stop }, () => {
      stop = 'All changes are stopped.';
    });
    await all.time.pass(20_000);
    expect(await all.find(all.run.id)).toMatchObject({ state: 'approved' });
    stop = null;
    await all.time.pass(11_000);
    expect(await all.find(all.run.id)).toMatchObject({ state: 'succeeded' });
    await ended(all);
  });

  test('a no still ends it', async () => {
    let stop: string | null = null;
    const all = await approved({ stopped: async () => stop }, () => {
      stop = 'All changes are stopped.';
    });
    granted(await all.runner.vote(ballot(all.run, 'm2', { kind: 'deny' })));
    expect(await all.find(all.run.id)).toMatchObject({ state: 'denied' });
    await ended(all);
  });
});

describe('a step', () => {
  const done = async (change: Parameters<typeof grounds>[0]) => {
    const all = grounds({ approvals: always(nothing), ...change });
    const run = granted(await all.runner.request(aRequest()));
    await all.time.pass(200_000);
    return { ...all, run: await all.find(run.id) };
  };

  test('that surely was not done ends the run as failed', async () => {
    const execute = async () => {
      throw new TargetError('refused', { retryable: false, happened: false });
    };
    const { run } = await done({ action: { execute } });
    expect(run).toMatchObject({ state: 'failed', why: 'Do one: refused.' });
    expect(run.steps).toMatchObject([{ id: 'one', outcome: { kind: 'failed' } }]);
  });

  test.each([
    ['throws', async () => Promise.reject(new Error('reset'))],
    ['hangs', hung],
    ['does not know', async () => ({ kind: 'unknown' as const, why: 'no answer' })],
  ])('that %s leaves the run interrupted, and nothing after it begins', async (_how, execute) => {
    const { run } = await done({ action: { execute } });
    expect(run).toMatchObject({
      state: 'interrupted',
      why: expect.stringContaining('may have happened'),
    });
    expect(run.steps).toMatchObject([{ id: 'one', outcome: { kind: 'unknown' } }]);
  });

  test('that fails after another was done is taken back where there is a way', async () => {
    const undone: string[] = [];
    const action = {
      execute: async ({ id }: { id: string }) =>
        id === 'one'
          ? { kind: 'done' as const, seen: 'one' }
          : { kind: 'failed' as const, why: 'no room' },
      compensate: async () => {
        undone.push('one');
        return { kind: 'done' as const, seen: 'back' };
      },
    };
    const { run } = await done({ action });
    expect(run).toMatchObject({
      state: 'compensated',
      why: 'Do two: no room.',
    });
    expect(undone).toEqual(['one']);
  });

  test.each([
    [{ kind: 'failed', why: 'no way' } as const, 'failed'],
    [{ kind: 'unknown', why: 'no answer' } as const, 'interrupted'],
  ])('that cannot be taken back leaves %o', async (outcome, state) => {
    const action = {
      verify: async () => ({ ok: false, checks: [{ name: 'health', ok: false, seen: 'down' }] }),
      compensate: async () => outcome,
    };
    const { run } = await done({ action });
    expect(run).toMatchObject({ state, verdict: { ok: false } });
  });

  test('is not begun after all changes were stopped', async () => {
    let stop: string | null = null;
    const { run, machine } = await done({
      stopped: async () => stop,
      action: {
        execute: async () => {
          stop = 'All changes are stopped.';
          return { kind: 'done', seen: 'one' };
        },
      },
    });
    expect(run).toMatchObject({ state: 'failed', why: 'Do two: All changes are stopped.' });
    expect(machine.effects).toEqual([]);
  });
});

describe('the verification', () => {
  const verified = async (answers: boolean[]) => {
    const looks = [...answers];
    const verify = async () => {
      const ok = looks.shift() ?? false;
      return { ok, checks: [{ name: 'health', ok, seen: ok ? 'up' : 'down' }] };
    };
    const all = grounds({ approvals: always(nothing), action: { verify } });
    const run = granted(await all.runner.request(aRequest()));
    await all.time.pass(60_000);
    return { run: await all.find(run.id), left: looks.length };
  };

  test('is tried three times before it is believed', async () => {
    expect(await verified([false, false, true])).toMatchObject({
      run: { state: 'succeeded' },
      left: 0,
    });
    expect(await verified([true, false, false])).toMatchObject({
      run: { state: 'succeeded' },
      left: 2,
    });
  });

  test('that never succeeds fails the run and says what was seen', async () => {
    expect(await verified([false, false, false, true])).toMatchObject({
      run: {
        state: 'failed',
        why: 'The checks afterwards do not pass: health: down.',
        verdict: { ok: false },
      },
      left: 1,
    });
  });
});

describe('a database that does not say what became of a change', () => {
  test.each(['before', 'after'] as const)(
    'is asked, whether it broke %s the change',
    async (when) => {
      const broken = new Set<string>();
      const all = grounds();
      const runs = spoilt(all.store.runs, ({ audit }) => {
        if (broken.has(audit.event)) return null;
        broken.add(audit.event);
        return when;
      });
      const runner = all.runnerOver({ runs });
      const asked = runner.request(aRequest());
      await all.time.pass(5_000);
      const run = granted(await asked);
      const voted = runner.vote(ballot(run, 'm1'));
      await all.time.pass(5_000);
      granted(await voted);
      await all.time.pass(20_000);
      expect((await all.find(run.id)).state).toBe('succeeded');
      expect(all.machine.effects).toEqual(['one', 'two']);
      const { events } = { events: await storyOf(all.store, run.id) };
      expect(new Set(broken).size).toBeGreaterThan(6);
      expect(events.filter((event) => event.startsWith('run.approved'))).toHaveLength(1);
    },
  );
});

describe('after the death of a process', () => {
  /** A process that dies when it has made the change with this event for the first time. */
  const diedAfter = async (event: string, action: Parameters<typeof actionOn>[1] = {}) => {
    const all = grounds({ approvals: always(nothing), action });
    let dead = false;
    const runs = {
      ...all.store.runs,
      transition: async (change: Parameters<typeof all.store.runs.transition>[0]) => {
        if (dead) return hung();
        const said = await all.store.runs.transition(change);
        dead = change.audit.event === event;
        return dead ? hung() : said;
      },
    };
    const first = all.runnerOver({ runs });
    void first.request(aRequest());
    await all.time.pass(8_000);
    all.time.drop(() => true); // nothing of it goes on, the renewing of its lock included
    all.runner.start();
    await all.time.pass(10_000);
    const run = await all.find('R-1');
    await all.runner.stop(0);
    return { ...all, run };
  };

  test('what was claimed and had not begun is over, and nothing was done', async () => {
    const { run, machine } = await diedAfter('run.claimed');
    expect([run.state, machine.effects]).toEqual(['superseded', []]);
  });

  test('what had begun is interrupted, and says what the target shows', async () => {
    const { run, machine } = await diedAfter('run.step-begun');
    expect([run.state, machine.effects]).toEqual(['interrupted', []]);
    expect(run.why).toBe(
      'Gatehouse was stopped in the middle. What the target shows: Do one: it seems not done ' +
        '(it is not there). Not begun: Do two.',
    );
    expect(run.steps).toMatchObject([{ id: 'one', outcome: { kind: 'unknown' } }]);
  });

  test('what is interrupted can be looked at again', async () => {
    const { run, runner, machine } = await diedAfter('run.step-begun');
    machine.effects.push('one');
    expect(await runner.probe(run.id)).toEqual({
      ok: true,
      value: [{ step: 'one', does: 'Do one', seen: { kind: 'done', seen: 'it is there' } }],
    });
    expect(machine.effects).toEqual(['one']);
  });

  test('what was being verified is verified again, and nothing is done twice', async () => {
    const { run, machine } = await diedAfter('run.verifying');
    expect([run.state, machine.effects]).toEqual(['succeeded', ['one', 'two']]);
  });

  test('what was being taken back is interrupted', async () => {
    const { run } = await diedAfter('run.compensation-begun', {
      verify: async () => ({ ok: false, checks: [] }),
      compensate: async () => ({ kind: 'done', seen: 'back' }),
    });
    expect(run.state).toBe('interrupted');
    expect(run.steps.at(-1)).toMatchObject({ id: 'compensation', outcome: { kind: 'unknown' } });
  });

  test('what was approved is begun by another', async () => {
    const { run, machine } = await diedAfter('run.approved');
    expect([run.state, machine.effects]).toEqual(['succeeded', ['one', 'two']]);
  });

  test('what was being planned is over after a while', async () => {
    const all = await diedAfter('run.planned');
    expect(all.run.state).toBe('planned');
    const next = all.runnerOver();
    next.start();
    await all.time.pass(31_000);
    expect(await all.find('R-1')).toMatchObject({ state: 'failed', steps: [] });
    await next.stop(0);
  });
});

describe('stopping', () => {
  test('waits for what executes, and begins nothing more', async () => {
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const all = grounds({
      approvals: always(nothing),
      action: {
        execute: async (step) => {
          await held;
          return { kind: 'done', seen: step.id };
        },
      },
    });
    const run = granted(await all.runner.request(aRequest()));
    await all.time.pass(0);
    let stopped = false;
    const stopping = all.runner.stop(20_000).then(() => {
      stopped = true;
    });
    const late = granted(
      await all.runner.request(aRequest({ target: { service: 'x', env: 'prod' } })),
    );
    await all.time.pass(1_000);
    expect(stopped).toBe(false);
    go();
    await stopping;
    expect((await all.find(run.id)).state).toBe('succeeded');
    expect((await all.find(late.id)).state).toBe('approved');
  });

  test('does not wait longer than its patience', async () => {
    const all = grounds({ approvals: always(nothing), action: { execute: hung } });
    const run = granted(await all.runner.request(aRequest()));
    await all.time.pass(0);
    const stopping = all.runner.stop(5_000);
    await all.time.pass(5_000);
    await stopping;
    expect((await all.find(run.id)).state).toBe('executing');
  });
});
