import { describe, expect, test } from 'vitest';
import type { ApprovalPolicy } from '../../src/core/approval-policy.ts';
import {
  approvalsAnywhere as defaultApprovals,
  setsAnywhere as usualSets,
} from '../support/approvals-anywhere.ts';
import { aRequest, ballot, granted, grounds } from './grounds.ts';

const { two } = usualSets as { two: typeof defaultApprovals.production.destructive };
const strict = { ...two, name: 'strict', typedTarget: false };
const long = 'a reason that is long enough for anybody';
const by = (...roles: string[]) => ({ id: 'asker', team: 'T1', roles });
/** Who holds one of these roles needs two people. */
const forNewcomers: ApprovalPolicy = {
  ...defaultApprovals,
  rules: [{ role: ['newcomer'], set: strict }],
};

describe('a rule about who asks', () => {
  test('says what is needed when somebody asks who holds the role', async () => {
    const { runner } = grounds({ approvals: () => forNewcomers });
    const asked = (roles: string[]) => runner.request(aRequest({ reason: long, by: by(...roles) }));
    expect(granted(await asked(['oncall'])).approval?.name).toBe('one');
    expect(granted(await asked(['oncall', 'newcomer'])).approval?.name).toBe('strict');
  });

  test('holds until it is begun: who became one meanwhile has to ask again', async () => {
    const { runner, house, machine, time, find } = grounds({ approvals: () => forNewcomers });
    const run = granted(await runner.request(aRequest({ reason: long })));
    house.roles.set('asker', ['oncall', 'newcomer']);
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(0);
    expect(await find(run.id)).toMatchObject({
      state: 'superseded',
      why: expect.stringContaining('Other approvals are needed for it now.'),
    });
    expect(machine.effects).toEqual([]);
  });

  test('waits while the roles of who asked cannot be looked up, and begins nothing', async () => {
    const { runner, house, machine, time, find } = grounds({ approvals: () => forNewcomers });
    runner.start();
    const run = granted(await runner.request(aRequest({ reason: long })));
    house.silent.add('asker');
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(5_000);
    expect([(await find(run.id)).state, machine.effects]).toEqual(['approved', []]);
    house.silent.delete('asker');
    await time.pass(60_000);
    expect((await find(run.id)).state).toBe('succeeded');
    await runner.stop(0);
  });
});

test('a rule about who asks is looked at before the claim, where a silent Slack is waited for', async () => {
  let silent = false;
  const { runner, machine, time, find } = grounds({
    approvals: () => forNewcomers,
    directory: {
      standing: async (id, team, options) => {
        const person = { id, team, roles: id === 'm1' ? ['manager'] : [] };
        const unknown = silent && options?.roles?.includes('newcomer');
        return unknown
          ? { kind: 'unverified', person, why: 'Slack does not say who is in the group' }
          : { kind: 'member', person };
      },
    },
  });
  const run = granted(await runner.request(aRequest({ reason: long })));
  silent = true;
  granted(await runner.vote(ballot(run, 'm1')));
  await time.pass(0);
  expect([(await find(run.id)).state, machine.effects]).toEqual(['approved', []]);
});

describe('an escalator', () => {
  const policy: ApprovalPolicy = {
    ...defaultApprovals,
    production: { ...defaultApprovals.production, destructive: strict },
    escalators: [{ fact: { name: 'release', is: '2.0' }, to: 'destructive' }],
  };

  test('raises what is asked for, and says why', async () => {
    const { runner, machine } = grounds({ approvals: () => policy });
    machine.release = '2.0';
    const run = granted(await runner.request(aRequest({ reason: long })));
    expect(run.plan?.risk).toBe('destructive');
    expect(run.plan?.riskReasons).toContain('release: 2.0 (an escalator of the policy).');
    expect(run.approval?.name).toBe('strict');
  });

  test('makes another plan of one that was approved when its fact comes true meanwhile', async () => {
    const facts = (value: string) => [{ name: 'users affected', value, material: false }];
    let users = '10';
    const { runner, machine, time, find } = grounds({
      approvals: () => ({
        ...policy,
        escalators: [{ fact: { name: 'users affected', over: 100 }, to: 'destructive' }],
      }),
      action: {
        plan: async () => ({
          summary: 'Restart it',
          facts: facts(users),
          steps: [],
          risk: 'high',
          riskReasons: [],
          undo: { possible: true, how: 'Again.' },
        }),
      },
    });
    const run = granted(await runner.request(aRequest({ reason: long })));
    expect(run.plan?.risk).toBe('high');
    users = '1,000';
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(0);
    expect([(await find(run.id)).state, machine.effects]).toEqual(['superseded', []]);
  });
});

test('a plan is never less risky than its action', async () => {
  const { runner } = grounds({ action: { baseRisk: 'destructive' } });
  const run = granted(await runner.request(aRequest({ reason: long })));
  expect([run.plan?.risk, run.approval?.name]).toEqual(['destructive', 'two']);
});

test('whatever else of the policy is another, what was approved under the old one is not done', async () => {
  let policy = { ...defaultApprovals, version: 'a' };
  const { runner, machine, time, find } = grounds({ approvals: () => policy });
  const run = granted(await runner.request(aRequest()));
  policy = { ...policy, version: 'b' };
  granted(await runner.vote(ballot(run, 'm1')));
  await time.pass(0);
  expect([(await find(run.id)).state, machine.effects]).toEqual(['superseded', []]);
});

describe('what is about who asks for it', () => {
  const aboutAsker = {
    action: { about: () => ['asker'], baseRisk: 'low' as const, plan: lowPlan },
  };
  async function lowPlan() {
    return {
      summary: 'Clear it',
      facts: [],
      steps: [],
      risk: 'low' as const,
      riskReasons: [],
      undo: { possible: true, how: 'Again.' },
    };
  }

  test.each([true, false])(
    'is refused where nobody else is asked, in production or not: %s',
    async (prod) => {
      const { runner, find } = grounds({ ...aboutAsker, isProduction: () => prod });
      expect(await runner.request(aRequest())).toEqual({
        ok: false,
        error: { kind: 'about-yourself' },
      });
      expect(await find('R-1')).toMatchObject({
        state: 'denied',
        why: 'It is about who asked for it, and nobody else would have had a say in it.',
      });
      const other = { id: 'm1', team: 'T1', roles: ['manager'] };
      expect((await runner.request(aRequest({ by: other }))).ok).toBe(true);
    },
  );

  test('is asked for as ever where somebody else approves it', async () => {
    const { runner, machine, time } = grounds({ action: { about: () => ['asker'] } });
    const run = granted(await runner.request(aRequest()));
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(60_000);
    expect(machine.effects).toEqual(['one', 'two']);
  });

  test('does not begin when that was found out after the confirmation', async () => {
    let about: string[] = [];
    const { runner, machine, time, find, store } = grounds({
      ...aboutAsker,
      action: { ...aboutAsker.action, about: () => about },
    });
    const run = granted(await runner.request(aRequest()));
    const lock = await store.locks.acquire('rms-auth@prod', 'somebody');
    granted(await runner.vote(ballot(run, 'asker', { kind: 'confirm' })));
    about = ['asker'];
    if ('fence' in lock) await lock.release();
    runner.start();
    await time.pass(30_000);
    await runner.stop(0);
    expect([(await find(run.id)).state, machine.effects]).toEqual(['denied', []]);
  });
});
