import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BreakGlassRule } from '../../../src/core/break-glass.ts';
import type { RunnerOptions } from '../../../src/runs/create-runner.ts';
import { noSecondFactor } from '../../../src/runs/run-tools.ts';
import type { Ballot } from '../../../src/runs/runner.ts';
import { approvalsAnywhere as defaultApprovals } from '../../support/approvals-anywhere.ts';
import { inputs } from '../../support/inputs.ts';
import { aRequest, ballot, granted, grounds } from '../grounds.ts';

const rule: BreakGlassRule = {
  roles: ['oncall'],
  onCall: ['primary'],
  never: ['keys rotate'],
  notify: { roles: ['manager'], channel: 'C-security' },
  perPerson: 2,
  global: 5,
  review: { by: ['manager', 'auditor'], within: 86_400_000 },
};
const { production } = defaultApprovals;
const reason = 'nobody answers and nobody can sign in';
const typedTarget = 'rms-auth@prod';

/** Everything needs two people; the asker is on call. */
function setUp(change: Partial<RunnerOptions> = {}, given: BreakGlassRule | null = rule) {
  const all = grounds();
  const approvals = () => ({
    ...defaultApprovals,
    production: { ...production, high: production.destructive },
    ...(given && { breakGlass: given }),
  });
  all.house.roles.set('asker', ['oncall', 'primary']);
  const runner = all.runnerOver({ approvals, breakGlass: all.store.breakGlass, ...change });
  const asks = (more = {}) => runner.request(aRequest({ reason, breakGlass: true, ...more }));
  const sure = (more: Partial<Ballot> = {}) => ({ kind: 'confirm' as const, typedTarget, ...more });
  return { ...all, runner, asks, sure };
}

test('one person on call does it alone: same plan, lock, steps and verification', async () => {
  const { runner, asks, sure, find, machine, time, store } = setUp();
  const run = granted(await asks());
  expect(run).toMatchObject({ state: 'waiting', approval: { name: 'break-glass', slots: [] } });
  granted(await runner.vote(ballot(run, 'asker', sure())));
  await time.pass(60_000);
  expect(await find(run.id)).toMatchObject({ state: 'succeeded', votes: [{ steppedUp: true }] });
  expect(machine.effects).toEqual(['one', 'two']);
  const events = (await store.audit.find({ subject: run.id, limit: 50 })).map(({ event }) => event);
  expect(events).toEqual(expect.arrayContaining(['run.approved', 'run.claimed', 'run.succeeded']));
  const [used] = await store.audit.find({ subject: `break-glass:${run.id}`, limit: 1 });
  expect(used).toMatchObject({ event: 'break-glass.used', actor: 'user:T1/asker' });
});

test('nobody does it alone to themselves', async () => {
  const { store } = grounds();
  const mine = grounds({ action: { about: () => ['asker'] } });
  mine.house.roles.set('asker', ['oncall', 'primary']);
  const approvals = () => ({ ...defaultApprovals, breakGlass: rule });
  const runner = mine.runnerOver({ approvals, breakGlass: store.breakGlass });
  const asked = await runner.request(aRequest({ reason, breakGlass: true }));
  expect(asked).toEqual({ ok: false, error: { kind: 'about-yourself' } });
  await mine.time.pass(60_000);
  expect((await mine.find('R-1')).state).toBe('denied');
  expect(mine.machine.effects).toEqual([]);
});

describe('it is refused', () => {
  type House = ReturnType<typeof setUp>['house'];
  test.each<[string, string, BreakGlassRule | null, (house: House) => void]>([
    ['where the file says nothing of it', 'off', null, () => {}],
    ['for what it never counts for', 'never', { ...rule, never: ['restart'] }, () => {}],
    [
      'to whoever has not the role',
      'not-eligible',
      rule,
      ({ roles }) => roles.set('asker', ['primary']),
    ],
    [
      'to whoever is not on call now',
      'not-on-call',
      rule,
      ({ roles }) => roles.set('asker', ['oncall']),
    ],
  ])('%s', async (_how, why, given, change) => {
    const { asks, house, find } = setUp({}, given);
    change(house);
    expect(await asks()).toMatchObject({ ok: false, error: { kind: 'break-glass', why } });
    expect((await find('R-1')).state).toBe('denied');
  });

  test('without a reason of twenty characters', async () => {
    const error = { kind: 'reason-too-short', least: 20 };
    expect(await setUp().asks({ reason: 'it is urgent' })).toEqual({ ok: false, error });
  });

  test('without a key for one-time passwords', async () => {
    const { asks } = setUp({ secondFactor: noSecondFactor });
    expect(await asks()).toEqual({ ok: false, error: { kind: 'no-step-up' } });
  });

  test('while all changes are stopped', async () => {
    const { asks } = setUp({ stopped: async () => 'All changes are stopped.' });
    expect(await asks()).toMatchObject({ ok: false, error: { kind: 'stopped' } });
  });

  test('while the roles of who asks cannot be looked up', async () => {
    const unknown = (id: string, team: string) => ({
      kind: 'unverified' as const,
      person: { id, team, roles: [] },
      why: 'Slack does not answer',
    });
    const { asks } = setUp({ directory: { standing: async (id, team) => unknown(id, team) } });
    expect(await asks()).toMatchObject({ ok: false, error: { kind: 'not-verified' } });
  });
});

describe('the word of who asked does not count', () => {
  test.each<[string, Partial<Ballot>, string]>([
    ['without the name of the target', { typedTarget: null }, 'wrong-target-typed'],
    ['with another name', { typedTarget: 'rust-auth@prod' }, 'wrong-target-typed'],
    ['without a one-time password', { code: null }, 'not-proven'],
    ['with a wrong one', { code: '111111' }, 'not-proven'],
    ['for another plan', { planHash: 'ffffffff' }, 'other-plan'],
  ])('%s', async (_how, change, kind) => {
    const { runner, asks, sure, find, machine, store } = setUp();
    const run = granted(await asks());
    const voted = await runner.vote(ballot(run, 'asker', sure(change)));
    expect(voted).toMatchObject({ ok: false, error: { kind } });
    expect([(await find(run.id)).state, machine.effects]).toEqual(['waiting', []]);
    expect(await store.breakGlass.unreviewed()).toEqual([]);
  });

  test('when it is somebody else’s, a manager’s too', async () => {
    const { runner, asks, sure } = setUp();
    const run = granted(await asks());
    expect(await runner.vote(ballot(run, 'm1', sure()))).toMatchObject({
      error: { kind: 'not-yours' },
    });
    const approve = ballot(run, 'm1', { kind: 'approve', typedTarget });
    expect((await runner.vote(approve)).ok).toBe(false);
  });

  test('after ten minutes', async () => {
    const { runner, asks, sure, time, machine } = setUp();
    const run = granted(await asks());
    await time.pass(600_001);
    expect((await runner.vote(ballot(run, 'asker', sure()))).ok).toBe(false);
    expect(machine.effects).toEqual([]);
  });

  test('while it cannot be looked up anew who they are', async () => {
    const { runner, asks, sure, house, find, store } = setUp();
    const run = granted(await asks());
    house.silent.add('asker');
    expect(await runner.vote(ballot(run, 'asker', sure()))).toMatchObject({
      error: { kind: 'not-verified' },
    });
    expect((await find(run.id)).state).toBe('waiting');
    expect(await store.breakGlass.unreviewed()).toEqual([]);
  });

  test('once their turn is over, nor when it ends before the first step', async () => {
    const late = setUp();
    const run = granted(await late.asks());
    late.house.roles.set('asker', ['oncall']);
    expect(await late.runner.vote(ballot(run, 'asker', late.sure()))).toMatchObject({
      error: { kind: 'break-glass', why: 'not-on-call' },
    });
    const later = setUp();
    const other = granted(await later.asks());
    granted(await later.runner.vote(ballot(other, 'asker', later.sure())));
    later.house.roles.set('asker', ['oncall']);
    await later.time.pass(60_000);
    expect(await later.find(other.id)).toMatchObject({
      state: 'superseded',
      why: expect.stringContaining('may not do without approvals any more'),
    });
    expect(later.machine.effects).toEqual([]);
  });

  test('for a plan that has become another one', async () => {
    const { runner, asks, sure, machine, time, find } = setUp();
    const run = granted(await asks());
    machine.release = '2.0';
    granted(await runner.vote(ballot(run, 'asker', sure())));
    await time.pass(60_000);
    expect([(await find(run.id)).state, machine.effects]).toEqual(['superseded', []]);
  });
});

describe('whoever is left out can say no until it has begun', () => {
  const no = { kind: 'deny', note: 'somebody is at it already', code: null } as const;

  test.each(['before they have confirmed it', 'while something holds it up'])(
    '%s',
    async (when) => {
      const { runner, asks, sure, find, machine, time, store, house } = setUp();
      house.roles.set('s1', []);
      const lock = await store.locks.acquire(typedTarget, 'somebody');
      const run = granted(await asks());
      if (when.startsWith('while')) granted(await runner.vote(ballot(run, 'asker', sure())));
      for (const who of ['viewer', 's1']) {
        expect(await runner.vote(ballot(run, who, no))).toEqual({
          ok: false,
          error: { kind: 'not-eligible', roles: ['manager', 'auditor'] },
        });
      }
      expect(await runner.vote(ballot(run, 'asker', no))).toMatchObject({
        error: { kind: 'own-request' },
      });
      granted(await runner.vote(ballot(run, 'm1', no)));
      if ('fence' in lock) await lock.release();
      runner.start();
      await time.pass(60_000);
      await runner.stop(0);
      expect(await find(run.id)).toMatchObject({
        state: 'denied',
        why: 'somebody is at it already',
      });
      expect(machine.effects).toEqual([]);
    },
  );

  test('so can whoever reviews it, and none of them can say yes to it', async () => {
    const { runner, asks, house, find } = setUp();
    house.roles.set('s1', ['auditor']);
    const run = granted(await asks());
    for (const who of ['m1', 's1']) {
      expect(await runner.vote(ballot(run, who, { typedTarget }))).toMatchObject({
        error: { kind: 'not-eligible', roles: [] },
      });
    }
    granted(await runner.vote(ballot(run, 's1', no)));
    expect((await find(run.id)).state).toBe('denied');
  });

  test('after it has begun a no comes too late', async () => {
    const { runner, asks, sure, time, machine } = setUp();
    const run = granted(await asks());
    granted(await runner.vote(ballot(run, 'asker', sure())));
    await time.pass(60_000);
    expect(await runner.vote(ballot(run, 'm1', no))).toMatchObject({ error: { kind: 'already' } });
    expect(machine.effects).toEqual(['one', 'two']);
  });
});

test('the next use waits until somebody else has reviewed the last one', async () => {
  const { runner, asks, sure, time, machine } = setUp();
  const run = granted(await asks());
  granted(await runner.vote(ballot(run, 'asker', sure())));
  await time.pass(60_000);
  machine.effects.length = 0;
  const blocked = { error: { kind: 'break-glass', why: 'unreviewed', run: run.id } };
  expect(await asks()).toMatchObject(blocked);
  const review = (id: string, text: string) =>
    runner.review({ run: run.id, by: { id, team: 'T1', roles: [] }, text });
  const text = 'looked at it with them, it was right';
  expect(await review('asker', text)).toMatchObject({ error: { why: 'not-reviewer' } });
  expect(await review('viewer', text)).toMatchObject({ error: { why: 'not-reviewer' } });
  expect(await review('m1', 'fine')).toMatchObject({ error: { kind: 'reason-too-short' } });
  expect(await asks()).toMatchObject(blocked);
  expect(await review('m1', text)).toEqual({ ok: true, value: true });
  const again = granted(await asks());
  expect((await runner.vote(ballot(again, 'asker', sure()))).ok).toBe(true);
});

test('who holds the role of a reviewer cannot review their own use', async () => {
  const { runner, asks, sure, house } = setUp();
  house.roles.set('asker', ['oncall', 'primary', 'manager']);
  const run = granted(await asks());
  granted(await runner.vote(ballot(run, 'asker', sure())));
  const by = { id: 'asker', team: 'T1', roles: [] };
  expect(await runner.review({ run: run.id, by, text: reason })).toMatchObject({
    error: { why: 'own' },
  });
});

test('of two requests of one person at the same time only one is confirmed', async () => {
  const { runner, asks, sure, machine, time } = setUp();
  const [one, two] = [granted(await asks()), granted(await asks())];
  const voted = await Promise.all(
    [one, two].map((run) => runner.vote(ballot(run, 'asker', sure()))),
  );
  expect(voted.filter(({ ok }) => ok)).toHaveLength(1);
  await time.pass(60_000);
  expect(machine.effects).toEqual(['one', 'two']);
});

/** What it takes, each with what there is when it is missing. */
const takes = {
  role: [['oncall'], []],
  onCall: [['primary'], []],
  never: [[], ['restart']],
  reason: [reason, 'now'],
  typedTarget: [typedTarget, 'prod'],
  code: ['123456', '1'],
} as const;

test('whatever is missing of what it takes, nothing is done', async () => {
  const names = Object.keys(takes) as (keyof typeof takes)[];
  await fc.assert(
    fc.asyncProperty(fc.subarray(names), async (there) => {
      const of = <Name extends keyof typeof takes>(name: Name) =>
        takes[name][there.includes(name) ? 0 : 1] as (typeof takes)[Name][number];
      const { runner, asks, sure, house, machine, time } = setUp(
        {},
        { ...rule, never: of('never') },
      );
      house.roles.set('asker', [...of('role'), ...of('onCall')]);
      const asked = await asks({ reason: of('reason') });
      const said = sure({ typedTarget: of('typedTarget'), code: of('code') });
      if (asked.ok) await runner.vote(ballot(asked.value, 'asker', said));
      await time.pass(60_000);
      expect(machine.effects).toEqual(there.length === names.length ? ['one', 'two'] : []);
    }),
    { numRuns: inputs(100) },
  );
});

describe('a review that is late', () => {
  const day = 86_400_000;

  test('is reminded of once a day, three times, then said once, and not after it has come', async () => {
    const told: string[] = [];
    const { runner, asks, sure, time, store } = setUp({
      reviewPlaces: ({ number }) => (number > 3 ? ['C-said'] : ['user:m1', 'user:m2']),
    });
    const look = async () => {
      await time.pass(61_000);
      for (const { id, kind, subject, to } of await store.outbox.take(500)) {
        if (kind === 'review') told.push(`${subject} ${to}`);
        await store.outbox.report(id, {
          kind: 'shown',
          version: 1,
          posted: { channel: 'C', ts: id },
        });
      }
      return told.splice(0);
    };
    const run = granted(await asks());
    granted(await runner.vote(ballot(run, 'asker', sure())));
    runner.start();
    time.jump(day - 120_000);
    expect(await look()).toEqual([]);
    time.jump(120_000);
    const people = (number: number) =>
      ['m1', 'm2'].map((who) => `break-glass:${run.id}/${number} user:${who}`);
    for (const number of [1, 2, 3]) {
      expect((await look()).toSorted()).toEqual(people(number));
      expect(await look()).toEqual([]);
      time.jump(day - 122_000);
    }
    expect(await look()).toEqual([`break-glass:${run.id}/4 C-said`]);
    time.jump(3 * day);
    expect(await look()).toEqual([]);
    await runner.stop(0);
  });

  test('that was missed for days is told of once', async () => {
    const { runner, asks, sure, time, store } = setUp({ reviewPlaces: () => ['user:m1'] });
    const run = granted(await asks());
    granted(await runner.vote(ballot(run, 'asker', sure())));
    await time.pass(60_000);
    time.jump(3 * day);
    runner.start();
    await time.pass(1_000);
    const rows = (await store.outbox.take(500)).filter(({ kind }) => kind === 'review');
    expect(rows.map(({ subject }) => subject)).toEqual([`break-glass:${run.id}/3`]);
    await runner.stop(0);
  });
});
