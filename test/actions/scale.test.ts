import { describe, expect, test } from 'vitest';
import { scale } from '../../src/actions/scale.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Health } from '../../src/core/health.ts';
import type { Plan } from '../../src/core/plan.ts';
import { someRequest } from '../support/some-request.ts';

const never = new AbortController().signal;

/** A service with so many copies, and a record of what it was scaled to. */
function service(wanted: number, most = 10, health: Health = 'up') {
  const state = { wanted, ready: wanted, most };
  const scaled: string[] = [];
  const on = {
    target: { service: 'api', env: 'prod' },
    clock: { now: () => 90_000, monotonic: () => 0 },
    maybe: {},
    request: someRequest,
    can: {
      replicas: {
        read: async () => ({ ...state }),
        scale: async (to: number, expected: number) => {
          scaled.push(`${expected} to ${to}`);
          state.wanted = to;
          state.ready = to;
        },
      },
      probes: { list: () => [{ name: 'health', run: async () => ({ health, detail: '200' }) }] },
    },
  };
  return { state, scaled, on };
}

const whole = async (on: ReturnType<typeof service>['on'], copies: number): Promise<Plan> => ({
  ...(await scale.plan({ copies }, on)),
  action: 'scale',
  version: 1,
  target: on.target,
  params: { copies },
  hash: '',
});

test.each([
  [3, 4, 'low'],
  [3, 6, 'low'],
  [3, 7, 'high'],
  [3, 2, 'high'],
  [1, 2, 'low'],
  [0, 1, 'high'],
] as const)('from %i to %i the risk is %s', async (from, to, risk) => {
  const { on, scaled } = service(from);
  expect((await whole(on, to)).risk).toBe(risk);
  expect(scaled).toEqual([]);
});

describe('there is no sense in it', () => {
  test.each([
    ['without any copy', 0, /maintenance/],
    ['when there are as many', 3, /3 are wanted already/],
    ['with more than the catalogue allows', 11, /at most 10/],
  ])('%s, and then it is not planned either', async (_, copies, says) => {
    const { on } = service(3);
    const verdict = await scale.precheck({ copies }, on);
    expect(verdict.ok).toBe(false);
    expect(verdict.checks.map(({ seen }) => seen).join()).toMatch(says);
    await expect(scale.plan({ copies }, on)).rejects.toMatchObject({ happened: false });
  });
});

test('what is wanted now and the most there may be make the plan; what is ready does not', async () => {
  const { on } = service(3);
  const { facts, steps } = await whole(on, 5);
  expect(facts).toEqual([
    { name: 'copies wanted', value: '3', material: true },
    { name: 'copies ready', value: '3', material: false },
    { name: 'most copies', value: '10', material: true },
    { name: 'health', value: 'up: 200', material: false },
  ]);
  expect(steps.map(({ id, does }) => [id, does])).toEqual([
    ['scale:5', 'Change the number of copies from 3 to 5'],
  ]);
});

test('it is done only on the number that was planned for, and taken back the same way', async () => {
  const { on, scaled } = service(3);
  const plan = await whole(on, 5);
  expect(await scale.execute(plan.steps[0] as never, plan, on, never)).toMatchObject({
    kind: 'done',
  });
  expect(await scale.compensate?.(plan, on, never)).toMatchObject({ kind: 'done' });
  expect(scaled).toEqual(['3 to 5', '5 to 3']);
});

test.each([
  ['as many as wanted are ready', { wanted: 5, ready: 5 }, true, 'done'],
  ['not all are ready', { wanted: 5, ready: 4 }, false, 'unknown'],
  ['it is as it was', { wanted: 3, ready: 3 }, false, 'failed'],
  ['somebody else has scaled it', { wanted: 4, ready: 4 }, false, 'unknown'],
])('when %s, that is what is seen', async (_, now, ok, kind) => {
  const { on, state } = service(3);
  const plan = await whole(on, 5);
  Object.assign(state, now);
  expect((await scale.verify(plan, on)).ok).toBe(ok);
  expect((await scale.probe(plan.steps[0] as never, plan, on)).kind).toBe(kind);
});

test('copies that are ready and ill are no success', async () => {
  const { on, state } = service(3, 10, 'degraded');
  const plan = await whole(on, 5);
  Object.assign(state, { wanted: 5, ready: 5 });
  expect((await scale.verify(plan, on)).ok).toBe(false);
});

test.each([
  ['failed, when it is known that it does not get on', { stuck: true }],
  ['told by the runner, when nobody knows', {}],
])('a scaling that breaks off is %s', async (_, known) => {
  const { on } = service(3);
  const plan = await whole(on, 5);
  on.can.replicas.scale = () =>
    Promise.reject(new TargetError('no', { retryable: false, ...known }));
  const outcome = scale.execute(plan.steps[0] as never, plan, on, never);
  if ('stuck' in known) expect(await outcome).toEqual({ kind: 'failed', why: 'no' });
  else await expect(outcome).rejects.toThrow('no');
});
