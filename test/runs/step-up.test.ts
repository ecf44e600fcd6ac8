import { describe, expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import type { ApprovalPolicy } from '../../src/core/approval-policy.ts';
import type { Proof, SecondFactor } from '../../src/core/second-factor.ts';
import { noSecondFactor } from '../../src/runs/run-tools.ts';
import type { Ballot } from '../../src/runs/runner.ts';
import {
  approvalsAnywhere as defaultApprovals,
  setsAnywhere as usualSets,
} from '../support/approvals-anywhere.ts';
import { aRequest, ballot, granted, grounds, storyOf, theCode } from './grounds.ts';

const { two, confirm } = usualSets as { two: ApprovalSet; confirm: ApprovalSet };
const long = 'somebody copied the session store';

/** Everything needs this set. */
const always = (set: ApprovalSet): (() => ApprovalPolicy) => {
  const all = { low: set, high: set, destructive: set };
  return () => ({ ...defaultApprovals, production: all });
};

/** A second factor that notes who was asked for, and takes each code of a person once. */
function onceOnly() {
  const asked: string[] = [];
  /** When somebody was enrolled last, null for revoked; everybody else was at the beginning. */
  const given = new Map<string, number | null>();
  const factor: SecondFactor = {
    hasKey: true,
    verify: async ({ id }, code): Promise<Proof> => {
      asked.push(id);
      if (code !== theCode) return { kind: 'wrong' };
      const again = asked.filter((one) => one === id).length > 1;
      return again ? { kind: 'replayed' } : { kind: 'ok', enrolledAt: given.get(id) ?? 1 };
    },
    enrolledAt: async ({ id }) => (given.has(id) ? (given.get(id) ?? null) : 1),
  };
  return { asked, given, factor };
}

const setUp = (change: Parameters<typeof grounds>[0] = {}) => {
  const codes = onceOnly();
  const all = grounds({ approvals: always(two), secondFactor: codes.factor, ...change });
  const asked = (more = {}) => all.runner.request(aRequest({ reason: long, ...more }));
  return { ...all, asks: asked, codes: codes.asked, given: codes.given };
};
const typedTarget = 'rms-auth@prod';

test('what is destructive needs one unless the file says otherwise, and nothing else does', () => {
  const { production, elsewhere } = defaultApprovals;
  const needs = [production, elsewhere].map(({ low, high, destructive }) =>
    [low, high, destructive].map(({ stepUp }) => stepUp ?? null),
  );
  expect(needs).toEqual([
    [null, null, 'totp'],
    [null, null, null],
  ]);
});

test('without a key nothing that needs one is asked for, and who asked is told so', async () => {
  const { asks, find, store } = setUp({ secondFactor: noSecondFactor });
  expect(await asks()).toEqual({ ok: false, error: { kind: 'no-step-up' } });
  expect(await find('R-1')).toMatchObject({
    state: 'denied',
    why: 'It needs approvals with a one-time password, and no encryption key is configured.',
  });
  expect(await storyOf(store, 'R-1')).toContain('run.refused gatehouse');
});

test('without a key everything else goes on as ever', async () => {
  const { runner } = grounds({ secondFactor: noSecondFactor });
  const run = granted(await runner.request(aRequest()));
  expect(granted(await runner.vote(ballot(run, 'm1', { code: null }))).state).toBe('approved');
});

test.each<[string, Partial<Ballot>, unknown]>([
  ['without one', { code: null }, { proof: { kind: 'missing' } }],
  ['with an empty one', { code: '' }, { proof: { kind: 'missing' } }],
  ['with a wrong one', { code: '111111' }, { proof: { kind: 'wrong' } }],
])('a vote %s is not counted', async (_how, change, error) => {
  const { runner, asks, find, machine, time } = setUp();
  const run = granted(await asks());
  granted(await runner.vote(ballot(run, 's1', { typedTarget })));
  const voted = await runner.vote(ballot(run, 'm1', { typedTarget, ...change }));
  expect(voted).toMatchObject({ ok: false, error: { kind: 'not-proven', ...(error as object) } });
  await time.pass(0);
  expect((await find(run.id)).votes).toHaveLength(1);
  expect(machine.effects).toEqual([]);
});

test('two people who prove who they are have it done, and the audit says that they did', async () => {
  const { runner, asks, find, machine, time, store } = setUp();
  const run = granted(await asks());
  granted(await runner.vote(ballot(run, 'm1', { typedTarget })));
  granted(await runner.vote(ballot(run, 's1', { typedTarget })));
  await time.pass(60_000);
  expect(await find(run.id)).toMatchObject({
    state: 'succeeded',
    votes: [
      { steppedUp: true, provenBy: 1 },
      { steppedUp: true, provenBy: 1 },
    ],
  });
  expect(machine.effects).toEqual(['one', 'two']);
  const records = await store.audit.find({ subject: run.id, limit: 100 });
  expect(records.find(({ event }) => event === 'run.approved')?.facts.votes).toEqual([
    { person: 'm1', roles: ['manager'], steppedUp: true },
    { person: 's1', roles: ['security'], steppedUp: true },
  ]);
  expect(records.find(({ event }) => event === 'run.vote')?.facts).toMatchObject({
    steppedUp: true,
  });
  expect(JSON.stringify([records, await find(run.id)])).not.toContain(theCode);
});

test('nobody is asked for a code whose vote would not count anyway, and none is used up', async () => {
  const { runner, asks, codes } = setUp();
  const run = granted(await asks());
  const cases: [string, Partial<Ballot>][] = [
    ['asker', { typedTarget }],
    ['viewer', { typedTarget }],
    ['m1', { typedTarget: 'rms-auth' }],
    ['m1', { typedTarget, planHash: 'ffffffff' }],
    ['m1', { typedTarget, run: 'R-9' }],
  ];
  for (const [who, change] of cases) {
    expect((await runner.vote(ballot(run, who, change))).ok).toBe(false);
  }
  expect(codes).toEqual([]);
  granted(await runner.vote(ballot(run, 'm1', { typedTarget })));
  expect(await runner.vote(ballot(run, 'm1', { typedTarget }))).toMatchObject({
    error: { kind: 'voted-already' },
  });
  expect(codes).toEqual(['m1']);
});

test('a code is asked about once, also when somebody else’s vote was first', async () => {
  const { runner, asks, find, codes } = setUp();
  const run = granted(await asks());
  const voted = await Promise.all(
    ['m1', 's1'].map((who) => runner.vote(ballot(run, who, { typedTarget }))),
  );
  expect(voted.map(({ ok }) => ok)).toEqual([true, true]);
  expect((await find(run.id)).votes).toHaveLength(2);
  expect(codes.toSorted()).toEqual(['m1', 's1']);
});

test('a no needs none: stopping something is never harder than doing it', async () => {
  const { runner, asks, find, codes } = setUp();
  const run = granted(await asks());
  granted(await runner.vote(ballot(run, 'm1', { kind: 'deny', note: 'not now', code: null })));
  expect([(await find(run.id)).state, codes]).toEqual(['denied', []]);
});

test('who confirms their own request proves it as well, where the set asks for that', async () => {
  const { runner, asks, codes } = setUp({ approvals: always({ ...confirm, stepUp: 'totp' }) });
  const run = granted(await asks());
  const sure = ballot(run, 'asker', { kind: 'confirm' });
  expect(await runner.vote({ ...sure, code: null })).toMatchObject({
    error: { kind: 'not-proven' },
  });
  expect(granted(await runner.vote(sure)).state).toBe('approved');
  expect(codes).toEqual(['asker']);
});

test('a database that does not say whether a code is right has said no', async () => {
  const verify = async () => Promise.reject(new Error('no answer'));
  const { runner, asks, find } = setUp({
    secondFactor: { ...noSecondFactor, hasKey: true, verify },
  });
  const run = granted(await asks());
  await expect(runner.vote(ballot(run, 'm1', { typedTarget }))).rejects.toThrow('no answer');
  expect((await find(run.id)).votes).toEqual([]);
});

test('a vote that got into the database without one counts for nothing when it is to begin', async () => {
  const { asks, runnerOver, find, time, machine, store } = setUp();
  const run = granted(await asks());
  const runner = runnerOver({
    runs: {
      ...store.runs,
      transition: (change) =>
        store.runs.transition({
          ...change,
          patch: {
            ...change.patch,
            ...(change.patch.state === 'approved' && {
              votes: (change.patch.votes ?? []).map(({ steppedUp: _no, ...vote }) => vote),
            }),
          },
        }),
    },
  });
  granted(await runner.vote(ballot(run, 'm1', { typedTarget })));
  granted(await runner.vote(ballot(run, 's1', { typedTarget })));
  await time.pass(60_000);
  expect([(await find(run.id)).state, machine.effects]).toEqual(['denied', []]);
});

describe('a second factor that is revoked or given anew before it begins', () => {
  /** Approved by both, and held by somebody who works on the target until it is let go. */
  async function approvedAndHeld() {
    const all = setUp();
    const run = granted(await all.asks());
    const lock = await all.store.locks.acquire(typedTarget, 'somebody');
    if (!('fence' in lock)) throw new Error('it is taken');
    for (const who of ['m1', 's1'])
      granted(await all.runner.vote(ballot(run, who, { typedTarget })));
    await all.time.pass(0);
    expect((await all.find(run.id)).state).toBe('approved');
    const letGo = async () => {
      await lock.release();
      all.runner.start();
      await all.time.pass(60_000);
      await all.runner.stop(0);
      return all.find(run.id);
    };
    return { ...all, run, letGo };
  }

  test.each<[string, number | null]>([
    ['revoked', null],
    ['given anew', 2],
  ])('voids what it had proved: %s', async (_how, now) => {
    const { given, letGo, machine } = await approvedAndHeld();
    given.set('s1', now);
    expect(await letGo()).toMatchObject({
      state: 'denied',
      why: 'An approval does not count any more: the second factor that proved it was revoked or replaced since. Nothing was done.',
    });
    expect(machine.effects).toEqual([]);
  });

  test('changes nothing for what somebody else has proved', async () => {
    const { given, letGo, machine } = await approvedAndHeld();
    given.set('m2', null);
    expect((await letGo()).state).toBe('succeeded');
    expect(machine.effects).toEqual(['one', 'two']);
  });

  test('voids one’s own word as well', async () => {
    const { runner, asks, given, find, time, machine, store } = setUp({
      approvals: always({ ...confirm, stepUp: 'totp' }),
    });
    const run = granted(await asks());
    const lock = await store.locks.acquire(typedTarget, 'somebody');
    granted(await runner.vote(ballot(run, 'asker', { kind: 'confirm' })));
    given.set('asker', null);
    if ('fence' in lock) await lock.release();
    runner.start();
    await time.pass(60_000);
    await runner.stop(0);
    expect([(await find(run.id)).state, machine.effects]).toEqual(['denied', []]);
  });

  test('that cannot be looked up: it waits, and begins once it can', async () => {
    let broken = true;
    const codes = onceOnly();
    const factor: SecondFactor = {
      ...codes.factor,
      enrolledAt: async () => (broken ? Promise.reject(new Error('no answer')) : 1),
    };
    const { runner, asks, find, time, machine } = setUp({ secondFactor: factor });
    const run = granted(await asks());
    for (const who of ['m1', 's1']) granted(await runner.vote(ballot(run, who, { typedTarget })));
    runner.start();
    await time.pass(10_000);
    expect([(await find(run.id)).state, machine.effects]).toEqual(['approved', []]);
    broken = false;
    await time.pass(20_000);
    expect((await find(run.id)).state).toBe('succeeded');
    await runner.stop(0);
  });
});
