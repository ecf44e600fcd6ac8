import { describe, expect, test } from 'vitest';
import type { Plan, Step } from '../../../src/core/plan.ts';
import type { Run } from '../../../src/core/run.ts';
import { everyService } from '../../../src/core/target.ts';
import { planHash } from '../../../src/runs/planning/plan-hash.ts';
import { recheck } from '../../../src/runs/voting/recheck.ts';
import { whyNotCovered } from '../../../src/runs/voting/recheck-parent.ts';
import { asked, somePlan, someRun } from '../../support/some-run.ts';
import { someTools } from '../some-tools.ts';

const sealed = (plan: Plan): Plan => ({
  ...plan,
  hash: planHash(plan, plan as Plan & { policyVersion: string }),
});
const revert = { action: 'unblock', params: { address: '203.0.113.7' }, after: 60_000 };
const plan = sealed({ ...somePlan, policyVersion: '1', revert } as Plan);
const parent = someRun({ id: 'R1', plan, ending: { at: asked, ended: null } });
const end = someRun({
  id: 'R2',
  parent: 'R1',
  action: 'unblock',
  params: { address: '203.0.113.7' },
  createdAt: asked,
});

/** Why the run may not begin, when the run that it undoes is this one. */
const why = (found: Run | null, run = end) =>
  whyNotCovered(someTools({}, { find: async (id) => (id === 'R1' ? found : null) }).tools, run);
const given = (change: Partial<Run>) => why({ ...parent, ...change });

describe('what ends by itself', () => {
  test('may begin when the plan of what it undoes says just that, and it is time', async () => {
    expect(await why(parent)).toBeNull();
    const { tools } = someTools({}, { find: async () => parent });
    expect(await recheck(tools, end)).toEqual({ kind: 'yes', roles: {} });
    const gone = someTools();
    expect(await recheck(gone.tools, end)).toMatchObject({ kind: 'never' });
  });

  const gone = 'The run that it should undo is not there. Nothing was done.';
  const other = 'The plan of R1 does not say that. Nothing was done.';
  const changed = 'The plan of R1 is not the one that was approved. Nothing was done.';
  const nothing = 'R1 did nothing that ends. Nothing was done.';

  test.each<[string, () => Promise<string | null>, string]>([
    ['what it undoes is not there', () => why(null), gone],
    ['it undoes nothing', () => why(parent, { ...end, parent: null }), gone],
    ['nothing of it is to end', () => given({ ending: null }), nothing],
    ['that has no plan', () => given({ plan: null }), nothing],
    [
      'that has ended already',
      () => given({ ending: { at: asked, ended: { how: 'done', by: 'R3' } } }),
      'What R1 did has ended already. Nothing was done.',
    ],
    [
      'it was begun before its time',
      () => given({ ending: { at: asked + 1, ended: null } }),
      'What R1 did does not end yet. Nothing was done.',
    ],
    [
      'that plan was changed since',
      () => given({ plan: { ...plan, summary: 'x', risk: 'low' } }),
      changed,
    ],
    [
      'that plan says nothing of its policy',
      () => given({ plan: sealed({ ...somePlan, revert } as Plan) }),
      changed,
    ],
    ['it is another action', () => why(parent, { ...end, action: 'restart' }), other],
    ['it is for something else', () => why(parent, { ...end, params: {} }), other],
    [
      'the plan says of no end',
      () => given({ plan: sealed({ ...somePlan, policyVersion: '1' } as Plan) }),
      other,
    ],
    [
      'it is on another target',
      () => why(parent, { ...end, target: { service: 'rust-auth', env: 'prod' } }),
      other,
    ],
  ])('may not when %s', async (_what, found, said) => {
    expect(await found()).toBe(said);
  });

  test('may begin on one service of those that the plan for all has something to do on', async () => {
    const all = { service: everyService, env: 'prod' };
    const steps = ['rms-auth', 'rust-auth'].map((service) => ({
      ...(somePlan.steps[0] as Step),
      id: `${service}:block`,
      on: service,
    }));
    const everywhere = sealed({ ...plan, target: all, steps } as Plan);
    const on = { 'rms-auth': null, 'rust-auth': null, 'web-auth': null };
    const begun = { target: all, plan: everywhere, ending: { at: asked, ended: null, on } };
    expect(await given(begun)).toBeNull();
    const idle = { ...end, target: { service: 'web-auth', env: 'prod' } };
    expect(await why({ ...parent, ...begun }, idle)).toBe(other);
  });

  test('may not where the plan has nothing to do, though it was begun with', async () => {
    const elsewhere = sealed({ ...plan, target: { service: 'rust-auth', env: 'prod' } });
    expect(await given({ plan: elsewhere })).toBe(other);
  });
});
