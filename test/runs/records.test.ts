import { describe, expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import { whyStopped } from '../../src/runs/why-stopped.ts';
import { approvalsAnywhere as defaultApprovals } from '../support/approvals-anywhere.ts';
import { actionOn, aRequest, ballot, granted, grounds, spoilt } from './grounds.ts';

const { production } = defaultApprovals;
const { stepUp: _code, ...destructive } = production.destructive;
const two: ApprovalSet = { ...destructive, reason: 0, typedTarget: false };
const always = (set: ApprovalSet) => () => ({
  ...defaultApprovals,
  production: { low: set, high: set, destructive: set },
});
type Ground = ReturnType<typeof grounds>;

/** What the audit says of a run, oldest first: each event with its facts. */
const recordsOf = async ({ store }: Ground, subject: string) =>
  (await store.audit.find({ subject, limit: 100 }))
    .toReversed()
    .map(({ event, actor, facts }) => ({ event, actor, facts }));
const recordOf = async (ground: Ground, subject: string, event: string) =>
  (await recordsOf(ground, subject)).find((one) => one.event === event);

describe('the record of', () => {
  test('each yes says whose it was, with which roles, and the last by which votes it is approved', async () => {
    const all = grounds({ approvals: always(two) });
    const run = granted(await all.runner.request(aRequest()));
    granted(await all.runner.vote(ballot(run, 's1', { note: 'it is me' })));
    granted(await all.runner.vote(ballot(run, 'm1')));
    expect(await recordOf(all, run.id, 'run.vote')).toMatchObject({
      actor: 'user:T1/s1',
      facts: { vote: 'approve', roles: ['security'], note: 'it is me', from: 'waiting' },
    });
    expect(await recordOf(all, run.id, 'run.approved')).toMatchObject({
      actor: 'user:T1/m1',
      facts: {
        vote: 'approve',
        roles: ['manager'],
        note: null,
        approval: 'two',
        votes: [
          { person: 's1', roles: ['security'] },
          { person: 'm1', roles: ['manager'] },
        ],
        from: 'waiting',
        to: 'approved',
      },
    });
  });

  test('the beginning says under which fence, and what everybody who counts is then', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    granted(await all.runner.vote(ballot(run, 'm1')));
    await all.time.pass(0);
    expect(await recordOf(all, run.id, 'run.claimed')).toMatchObject({
      facts: { fence: (await all.find(run.id)).fence, roles: { m1: ['manager'] } },
    });
  });

  test('success says what was seen before and after', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    granted(await all.runner.vote(ballot(run, 'm1')));
    await all.time.pass(0);
    expect((await recordOf(all, run.id, 'run.succeeded'))?.facts).toMatchObject({
      before: [
        { name: 'release', value: '1.0' },
        { name: 'effects', value: '0' },
      ],
      after: [{ name: 'health', ok: true, seen: 'up' }],
    });
  });

  test.each([
    [null, 'No reason was given.'],
    ['not today', 'not today'],
  ])('a no says why, also what is no reason: %s', async (note, why) => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    granted(await all.runner.vote(ballot(run, 'm1', { kind: 'deny', note })));
    expect((await all.find(run.id)).why).toBe(why);
    expect(await recordOf(all, run.id, 'run.denied')).toMatchObject({
      actor: 'user:T1/m1',
      facts: { vote: 'deny', note, why, from: 'waiting', to: 'denied' },
    });
  });

  test('what was taken back says why it went wrong, and what came of going back', async () => {
    const seen = { ok: false, checks: [{ name: 'health', ok: false, seen: 'down' }] };
    const all = grounds({
      action: {
        verify: async () => seen,
        compensate: async () => ({ kind: 'done', seen: 'as before' }),
      },
    });
    const run = granted(await all.runner.request(aRequest()));
    granted(await all.runner.vote(ballot(run, 'm1')));
    await all.time.pass(120_000);
    const why = 'The checks afterwards do not pass: health: down.';
    expect(await all.find(run.id)).toMatchObject({ state: 'compensated', why });
    expect((await recordOf(all, run.id, 'run.compensation-begun'))?.facts).toMatchObject({
      because: why,
      after: seen.checks,
    });
    expect((await recordOf(all, run.id, 'run.compensated'))?.facts).toMatchObject({
      outcome: { kind: 'done', seen: 'as before' },
      why,
    });
  });
});

describe('who asked', () => {
  test('may take back what waits, and what is approved and cannot begin', async () => {
    const all = grounds();
    const why = 'Cancelled by who had asked for it. Nothing was done.';
    const by = { id: 'asker', team: 'T1', roles: [] };
    const waiting = granted(await all.runner.request(aRequest()));
    expect(granted(await all.runner.cancel(waiting.id, by))).toMatchObject({
      state: 'cancelled',
      why,
    });
    expect(await recordOf(all, waiting.id, 'run.cancelled')).toMatchObject({
      actor: 'user:T1/asker',
      facts: { why },
    });
    const approved = granted(await all.runner.request(aRequest()));
    const lock = await all.store.locks.acquire('rms-auth@prod', 'somebody else');
    expect(lock).toHaveProperty('fence');
    granted(await all.runner.vote(ballot(approved, 'm1')));
    await all.time.pass(0);
    expect(granted(await all.runner.cancel(approved.id, by)).state).toBe('cancelled');
    expect(all.machine.effects).toEqual([]);
  });

  test.each([
    ['by somebody of another team', { id: 'asker', team: 'T2' }],
    ['by somebody else of the team', { id: 'm1', team: 'T1' }],
  ])('is the only one: %s it cannot be taken back', async (_who, { id, team }) => {
    const { runner, find } = grounds();
    const run = granted(await runner.request(aRequest()));
    const said = await runner.cancel(run.id, { id, team, roles: ['manager'] });
    expect(said).toEqual({ ok: false, error: { kind: 'not-yours' } });
    expect((await find(run.id)).state).toBe('waiting');
  });

  test('hears that there is no such run', async () => {
    const said = await grounds().runner.cancel('R-9', { id: 'asker', team: 'T1', roles: [] });
    expect(said).toEqual({ ok: false, error: { kind: 'no-such-run', id: 'R-9' } });
  });
});

describe('a vote', () => {
  test('of somebody who said no before counts as yes no less', async () => {
    const all = grounds({ approvals: always(two) });
    const run = granted(await all.runner.request(aRequest()));
    granted(await all.runner.vote(ballot(run, 'm1')));
    const again = await all.runner.vote(ballot(run, 'm1'));
    expect(again).toEqual({ ok: false, error: { kind: 'voted-already' } });
    const no = granted(await all.runner.vote(ballot(run, 'm1', { kind: 'deny' })));
    expect(no.state).toBe('denied');
  });

  test('on what is being planned is told where it is', async () => {
    const all = grounds({ action: { plan: () => new Promise<never>(() => {}) } });
    void all.runner.request(aRequest());
    await all.time.pass(0);
    const run = await all.find('R-1');
    for (const kind of ['approve', 'deny'] as const) {
      const said = await all.runner.vote({
        ...ballot(run, 'm1', { kind }),
        planHash: 'f'.repeat(8),
      });
      expect(said).toEqual({ ok: false, error: { kind: 'already', state: 'requested' } });
    }
    await all.time.pass(60_000);
  });

  test('names its target with blanks around it, or not at all', async () => {
    const typed: ApprovalSet = { ...two, typedTarget: true };
    const all = grounds({ approvals: always(typed) });
    const run = granted(await all.runner.request(aRequest()));
    const wrong = { kind: 'wrong-target-typed', expected: 'rms-auth@prod' };
    for (const typedTarget of [null, '', 'rms-auth']) {
      const said = await all.runner.vote(ballot(run, 'm1', { typedTarget }));
      expect(said).toEqual({ ok: false, error: wrong });
    }
    granted(await all.runner.vote(ballot(run, 'm1', { typedTarget: ' rms-auth@prod ' })));
  });

  test('is told that it is too late when only the time stood against it', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    const late = all.runnerOver({
      runs: { ...all.store.runs, transition: async () => ({ kind: 'moved-on' }) },
    });
    expect(await late.vote(ballot(run, 'm1'))).toEqual({ ok: false, error: { kind: 'too-late' } });
  });

  test('of a no is late once the approval has run out', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    await all.store.locks.acquire('rms-auth@prod', 'somebody else');
    const approved = granted(await all.runner.vote(ballot(run, 'm1')));
    await all.time.pass((approved.validUntil ?? 0) - all.time.clock.now());
    const said = await all.runner.vote(ballot(run, 'm2', { kind: 'deny' }));
    expect(said).toEqual({ ok: false, error: { kind: 'too-late' } });
  });
});

describe('what was approved', () => {
  test.each([
    [
      'waits, when nobody says in time',
      null,
      'Not everybody who is needed said yes in time. Nothing was done.',
    ],
    [
      'could not begin in time',
      'm1',
      'Its approval ran out before it could begin. Nothing was done.',
    ],
  ])('%s: it expires, and says so', async (_what, voter, why) => {
    const all = grounds();
    all.runner.start();
    const run = granted(await all.runner.request(aRequest()));
    const lock = await all.store.locks.acquire('rms-auth@prod', 'somebody else');
    if (voter) granted(await all.runner.vote(ballot(run, voter)));
    await all.time.pass(901_000);
    const ended = await all.find(run.id);
    expect(ended.state).toBe('expired');
    expect(ended.why?.startsWith(why)).toBe(true);
    expect(ended.why).toBe(ended.why?.trim());
    expect(await recordOf(all, run.id, 'run.expired')).toMatchObject({ actor: 'gatehouse' });
    if ('release' in lock) await lock.release();
    await all.runner.stop(0);
  });

  test('is superseded where the target can do it no more, and says what it lacks', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    delete all.can.lifecycle;
    granted(await all.runner.vote(ballot(run, 'm1')));
    await all.time.pass(0);
    expect(await all.find(run.id)).toMatchObject({
      state: 'superseded',
      why: 'The target cannot do this any more: lifecycle. Nothing was done.',
    });
    expect(await recordOf(all, run.id, 'run.superseded')).toBeDefined();
  });

  test('is superseded where it cannot be planned again', async () => {
    let broken = false;
    const all = grounds();
    const usual = all.machine;
    Object.defineProperty(usual, 'release', {
      get: () => {
        if (broken) throw new Error('the machine is away');
        return '1.0';
      },
    });
    const run = granted(await all.runner.request(aRequest()));
    broken = true;
    granted(await all.runner.vote(ballot(run, 'm1')));
    await all.time.pass(0);
    expect(await all.find(run.id)).toMatchObject({
      state: 'superseded',
      why: expect.stringMatching(
        /^It could not be planned again: .*the machine is away.*Nothing was done\.$/,
      ),
    });
  });

  test('is superseded by another policy, and says so', async () => {
    let version = '1';
    const all = grounds({ approvals: () => ({ ...defaultApprovals, version }) });
    const run = granted(await all.runner.request(aRequest()));
    version = '2';
    granted(await all.runner.vote(ballot(run, 'm1')));
    await all.time.pass(0);
    const { state, why } = await all.find(run.id);
    expect(state).toBe('superseded');
    expect(why).toMatch(
      /^The plan would be another one now \([0-9a-f]{8}\): .*polic.* Nothing was done\.$/,
    );
  });

  test('is denied where who approved has lost the role, and says so', async () => {
    const all = grounds();
    const run = granted(await all.runner.request(aRequest()));
    const lock = await all.store.locks.acquire('rms-auth@prod', 'somebody else');
    granted(await all.runner.vote(ballot(run, 'm1')));
    all.house.roles.set('m1', []);
    if ('release' in lock) await lock.release();
    all.runner.start();
    await all.time.pass(5_000);
    expect(await all.find(run.id)).toMatchObject({
      state: 'denied',
      why: expect.stringContaining('lost the role since. Nothing was done.'),
    });
    expect(await recordOf(all, run.id, 'run.denied')).toMatchObject({ actor: 'gatehouse' });
    await all.runner.stop(0);
  });

  test('waits while a directory breaks, and says why when it has waited too long', async () => {
    let away = false;
    const all = grounds();
    const runner = all.runnerOver({
      directory: {
        standing: async (id, team, options) => {
          if (away && options?.maxAge === 0) throw new Error('no line to Slack');
          return { kind: 'member', person: { id, team, roles: all.house.roles.get(id) ?? [] } };
        },
      },
    });
    const run = granted(await runner.request(aRequest()));
    away = true;
    granted(await runner.vote(ballot(run, 'm1')));
    await all.time.pass(0);
    expect((await all.find(run.id)).state).toBe('approved');
    runner.start();
    await all.time.pass(601_000);
    expect(await all.find(run.id)).toMatchObject({
      state: 'expired',
      why: 'Its approval ran out before it could begin. Nothing was done. no line to Slack',
    });
    await runner.stop(0);
  });
});

test('a look afterwards that cannot be had proves nothing', async () => {
  const all = grounds({
    action: {
      verify: async () => {
        throw new Error('no answer');
      },
    },
  });
  const run = granted(await all.runner.request(aRequest()));
  granted(await all.runner.vote(ballot(run, 'm1')));
  await all.time.pass(120_000);
  expect(await all.find(run.id)).toMatchObject({
    state: 'failed',
    why: 'The checks afterwards do not pass: verification: no answer.',
    verdict: { ok: false, checks: [{ name: 'verification', ok: false, seen: 'no answer' }] },
  });
});

test('what needs no step is done, and says that nothing was changed', async () => {
  const all = grounds();
  const action = actionOn(all.machine);
  const runner = all.runnerOver({
    actions: [
      {
        ...action,
        plan: async (params, on) => ({ ...(await action.plan(params, on)), steps: [] }),
      },
    ],
  });
  const run = granted(await runner.request(aRequest()));
  granted(await runner.vote(ballot(run, 'm1')));
  await all.time.pass(0);
  expect(await all.find(run.id)).toMatchObject({
    state: 'succeeded',
    verdict: {
      ok: true,
      checks: [{ ok: true, seen: 'it was so already, and nothing was changed' }],
    },
  });
  expect(all.machine.effects).toEqual([]);
});

test('a change that the database may have made is looked for before it is made again', async () => {
  const all = grounds();
  let broken = 0;
  const runner = all.runnerOver({
    runs: spoilt(all.store.runs, ({ audit }) => {
      if (audit.event !== 'run.claimed' || broken > 0) return null;
      broken += 1;
      return 'after';
    }),
  });
  const run = granted(await runner.request(aRequest()));
  granted(await runner.vote(ballot(run, 'm1')));
  await all.time.pass(1_000);
  expect((await all.find(run.id)).state).toBe('succeeded');
  expect(
    (await recordsOf(all, run.id)).filter(({ event }) => event === 'run.claimed'),
  ).toHaveLength(1);
});

test('why changes are stopped is one sentence, and a switch that cannot be read is on', async () => {
  const state = { since: 0, by: null, liftedBy: [] };
  const off = { ...state, on: false, reason: 'it was a test' };
  expect(await whyStopped({ state: async () => off })).toBeNull();
  expect(await whyStopped({ state: async () => ({ ...off, on: true }) })).toBe(
    'All changes are stopped: it was a test.',
  );
  const away = async () => {
    throw new Error('no line');
  };
  expect(await whyStopped({ state: away })).toBe(
    'Whether changes are stopped cannot be read, so none is made: no line',
  );
});
