import { expect, test } from 'vitest';
import { restart } from '../../src/actions/restart.ts';
import type { Instance, Probe } from '../../src/core/capabilities.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Health } from '../../src/core/health.ts';
import type { Plan } from '../../src/core/plan.ts';
import { someRequest } from '../support/some-request.ts';

const never = new AbortController().signal;
const copy = (id: string, startedAt: number | null): Instance => ({
  id,
  health: startedAt === null ? 'down' : 'up',
  startedAt,
  release: 'r1',
});
const probe = (health: Health): Probe => ({
  name: 'health',
  run: async () => ({ health, detail: '200' }),
});

/** A service whose copies can be restarted, with a count of everything that changes it. */
function service(copies: Instance[], health: Health = 'up') {
  const restarted: string[] = [];
  return {
    restarted,
    on: {
      target: { service: 'api', env: 'prod' },
      clock: { now: () => 90_000, monotonic: () => 0 },
      maybe: {},
      request: someRequest,
      can: {
        instances: { instances: async () => copies },
        probes: { list: () => [probe(health)] },
        lifecycle: {
          restart: async (id: string) => {
            restarted.push(id);
            const index = copies.findIndex((one) => one.id === id);
            copies[index] = copy(id, 80_000);
          },
        },
      },
    },
  };
}

const whole = async (on: Parameters<typeof restart.plan>[1], params = {}): Promise<Plan> => ({
  ...(await restart.plan(params, on)),
  action: 'restart',
  version: 1,
  target: on.target,
  params,
  hash: '',
});

test('the plan has a step for each copy, and starts what is down before it ends what serves', async () => {
  const { on, restarted } = service([copy('a', 1_000), copy('b', null)]);
  const plan = await whole(on);
  expect(plan.steps.map(({ does }) => does)).toEqual(['Start b, which does not run', 'Restart a']);
  expect(plan.facts.filter(({ material }) => material).map(({ value }) => value)).toEqual([
    'up, started 1970-01-01T00:00:01.000Z, release r1',
    'down',
  ]);
  expect(restarted).toEqual([]);
});

test('health is shown in the plan and is no reason for another plan', async () => {
  const { on } = service([copy('a', 1_000)], 'down');
  expect((await whole(on)).facts).toContainEqual({
    name: 'health',
    value: 'down: 200',
    material: false,
  });
});

test('one copy can be chosen', async () => {
  const { on } = service([copy('a', 1_000), copy('b', 2_000)]);
  const plan = await whole(on, { instance: 'b' });
  expect(plan.steps.map(({ id }) => id)).toEqual(['restart:b']);
  expect(plan.summary).toBe('Restart b of api@prod');
});

test('what the other copies are is part of the plan for one: they have to serve meanwhile', async () => {
  const copies = [copy('a', 1_000), copy('b', 2_000), copy('c', 3_000)];
  const { on } = service(copies);
  const material = async () =>
    (await whole(on, { instance: 'b' })).facts.filter((fact) => fact.material);
  expect(await material()).toContainEqual({
    name: 'other copies',
    value: 'a up, c up',
    material: true,
  });
  copies[2] = copy('c', null);
  expect(await material()).toContainEqual({
    name: 'other copies',
    value: 'a up, c down',
    material: true,
  });
});

test.each([
  ['an unknown copy', [copy('a', 1)], { instance: 'z' }],
  ['no copy at all', [], {}],
  ['a copy whose state nobody knows', [{ ...copy('a', 1), health: 'unknown' as const }], {}],
])('there is no sense in planning for %s', async (_, copies, params) => {
  const { on } = service(copies);
  expect((await restart.precheck(params, on)).ok).toBe(false);
});

test('a restart is proved by another process and by the checks', async () => {
  const { on } = service([copy('a', 1_000)]);
  const plan = await whole(on);
  expect((await restart.verify(plan, on)).ok).toBe(false);
  for (const step of plan.steps)
    expect(await restart.execute(step, plan, on, never)).toMatchObject({ kind: 'done' });
  expect(await restart.verify(plan, on)).toEqual({
    ok: true,
    checks: [
      { name: 'a', ok: true, seen: 'a new one runs' },
      { name: 'health', ok: true, seen: 'up: 200' },
    ],
  });
});

test('a service that comes back ill is not called restarted', async () => {
  const { on } = service([copy('a', 1_000)], 'degraded');
  const plan = await whole(on);
  await restart.execute(plan.steps[0] as never, plan, on, never);
  expect((await restart.verify(plan, on)).ok).toBe(false);
});

test.each([
  ['failed, when the target is sure that nothing happened', false, 'failed'],
  ['unknown, when something may have happened', true, 'unknown'],
])('a restart that breaks off is %s', async (_, happened, kind) => {
  const { on } = service([copy('a', 1_000)]);
  const plan = await whole(on);
  on.can.lifecycle.restart = () =>
    Promise.reject(new TargetError('no', { retryable: false, happened }));
  expect((await restart.execute(plan.steps[0] as never, plan, on, never)).kind).toBe(kind);
});

test('a copy that does not come back ends it, and the others are said to be left alone', async () => {
  const { on } = service([copy('a', 1_000), copy('b', 2_000), copy('c', 3_000)]);
  const plan = await whole(on);
  on.can.lifecycle.restart = () =>
    Promise.reject(new TargetError('a is not ready', { retryable: false, stuck: true }));
  const outcome = (index: number) => restart.execute(plan.steps[index] as never, plan, on, never);
  expect(await outcome(0)).toEqual({ kind: 'failed', why: 'a is not ready; b, c were left alone' });
  expect(await outcome(2)).toEqual({ kind: 'failed', why: 'a is not ready' });
});

test.each([
  ['it has happened, when another process runs', copy('a', 2_000), 'done'],
  ['it has not, when the same one runs', copy('a', 1_000), 'failed'],
  ['nobody knows, when none runs', copy('a', null), 'unknown'],
])('after a crash a look tells that %s', async (_, now, kind) => {
  const plan = await whole(service([copy('a', 1_000)]).on);
  const after = await restart.probe(plan.steps[0] as never, plan, service([now]).on);
  expect(after.kind).toBe(kind);
});
