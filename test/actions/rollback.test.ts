import { expect, test } from 'vitest';
import { rollback } from '../../src/actions/rollback.ts';
import type { Instance, Release } from '../../src/core/capabilities.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Health } from '../../src/core/health.ts';
import type { Plan } from '../../src/core/plan.ts';
import { stillClock } from '../support/clock.ts';
import { someRequest } from '../support/some-request.ts';

const never = new AbortController().signal;
const hour = 3_600_000;

const release = (id: string, at: number, marks: Partial<Release> = {}): Release => ({
  id,
  at: at * hour,
  current: false,
  verified: true,
  ...marks,
});

const usual = (): Release[] => [
  release('5.3.0', 90, { current: true, verified: false }),
  release('5.2.5', 80, { verified: false }),
  release('5.2.4', 70),
  release('5.2.3', 60),
];

/** A service whose releases can be switched, with a count of everything that changes it. */
function service(releases: Release[] = usual(), health: Health = 'up') {
  const used: string[] = [];
  const copies: Instance[] = [{ id: 'api', health: 'up', startedAt: 1_000, release: '5.3.0' }];
  const can = {
    releases: { history: async () => releases },
    instances: { instances: async () => copies },
    probes: {
      list: () => [{ name: 'ready', run: async () => ({ health, detail: '200 in 1 ms' }) }],
    },
    deployments: {
      use: async (id: string, expected: string) => {
        used.push(`${expected} to ${id}`);
        for (const one of releases) one.current = one.id === id;
        copies[0] = { id: 'api', health: 'up', startedAt: 2_000 + used.length, release: id };
      },
      markVerified: async () => {},
    },
  };
  const on = {
    target: { service: 'api', env: 'prod' },
    clock: stillClock(),
    can,
    maybe: {},
    request: someRequest,
  };
  return { on, used, releases, copies };
}

type On = Parameters<typeof rollback.plan>[1];

const planOf = async (on: On, params = {}): Promise<Plan> => ({
  ...(await rollback.plan(params, on)),
  action: 'rollback',
  version: 1,
  target: on.target,
  params,
  hash: '',
});

const stepOf = ({ steps }: Plan) => steps[0] ?? expect.fail('there is no step');

test('without a name it goes to the newest verified release that is older', async () => {
  const { on, used } = service();
  expect((await rollback.precheck({}, on)).ok).toBe(true);
  const plan = await planOf(on);
  expect(plan.summary).toBe('Roll api@prod back from 5.3.0 to 5.2.4');
  expect(plan.steps).toMatchObject([
    {
      id: 'rollback:5.2.4',
      does: 'Switch from 5.3.0 to 5.2.4 and restart api',
      repeatable: false,
      timeout: 30_000,
    },
  ]);
  expect(plan.facts).toEqual([
    {
      name: 'current release',
      value: '5.3.0, not verified, made 1970-01-04T18:00:00.000Z',
      material: true,
    },
    {
      name: 'wanted release',
      value: '5.2.4, verified, made 1970-01-03T22:00:00.000Z',
      material: true,
    },
    { name: 'api', value: 'up, started 1970-01-01T00:00:01.000Z, release 5.3.0', material: true },
    { name: 'ready', value: 'up: 200 in 1 ms', material: false },
  ]);
  expect(plan.risk).toBe('high');
  expect(plan.riskReasons[0]).toBe('What came with 5.3.0 is gone in 5.2.4, 20 h older');
  expect(plan.undo).toMatchObject({
    possible: true,
    how: expect.stringContaining('5.3.0 is made'),
  });
  expect(used).toEqual([]);
});

test('an older verified release can be named', async () => {
  const plan = await planOf(service().on, { to: '5.2.3' });
  expect(stepOf(plan).does).toBe('Switch from 5.3.0 to 5.2.3 and restart api');
});

const noneCurrent = usual().map((one) => ({ ...one, current: false }));
const onTheSecond = usual().map((one) => ({ ...one, current: one.id === '5.2.4' }));
const rolledBack = onTheSecond.map((one) =>
  one.id === '5.3.0' ? { ...one, verified: true, leftFor: '5.2.4' } : one,
);

test.each([
  [
    'an unknown release',
    usual(),
    '5.2.9',
    'there is no release 5.2.9; what comes nearest is 5.2.3 or',
  ],
  ['a name like none', usual(), 'yesterday', '5.2.4 is the one to go back to'],
  ['the current release', usual(), '5.3.0', '5.3.0 is the current one already'],
  ['one that is not verified', usual(), '5.2.5', 'nobody has verified that 5.2.5 runs well'],
  ['a newer one', onTheSecond, '5.3.0', 'that is a deployment, not a rollback'],
  ['the one that was just gone back from', rolledBack, '5.3.0', 'would be back and forth'],
  ['no known current release', noneCurrent, undefined, 'nobody knows which release is the current'],
  ['nothing older', [release('1', 1, { current: true })], undefined, 'nothing older than 1'],
])('there is no sense in planning for %s, and no plan either', async (_, releases, to, why) => {
  const { on } = service(structuredClone(releases));
  const verdict = await rollback.precheck({ to }, on);
  const [check] = verdict.checks.filter(({ ok }) => !ok);
  expect(check).toMatchObject({ name: 'release', seen: expect.stringContaining(why) });
  await expect(rollback.plan({ to }, on)).rejects.toMatchObject({
    happened: false,
    message: expect.stringContaining(why),
  });
});

test('a release that was itself gone back from is no way out of a newer one', async () => {
  const { on } = service([
    release('5.4.0', 95, { current: true, verified: false }),
    release('5.3.0', 90, { leftFor: '5.2.4' }),
    release('5.2.4', 70, { leftFor: '5.4.0' }),
  ]);
  expect(stepOf(await planOf(on)).id).toBe('rollback:5.2.4');
  const verdict = await rollback.precheck({ to: '5.3.0' }, on);
  expect(verdict.checks[0]?.seen).toMatch(/^5\.3\.0 was itself rolled back, to 5\.2\.4/);
});

test('nothing is planned around a copy whose state nobody knows, or without any copy', async () => {
  const { on, copies } = service();
  copies[0] = { id: 'api', health: 'unknown', startedAt: null, release: null };
  expect((await rollback.precheck({}, on)).ok).toBe(false);
  copies.pop();
  expect((await rollback.precheck({}, on)).ok).toBe(false);
});

test('it is proved by the release, by new processes that run it, and by the checks', async () => {
  const { on, used } = service();
  const plan = await planOf(on);
  expect((await rollback.verify(plan, on)).ok).toBe(false);
  const outcome = await rollback.execute(stepOf(plan), plan, on, never);
  expect(outcome).toEqual({ kind: 'done', seen: '5.2.4 is the current release and runs' });
  expect(used).toEqual(['5.3.0 to 5.2.4']);
  expect(await rollback.verify(plan, on)).toEqual({
    ok: true,
    checks: [
      { name: 'current release', ok: true, seen: '5.2.4' },
      { name: 'api', ok: true, seen: 'a new one runs 5.2.4' },
      { name: 'ready', ok: true, seen: 'up: 200 in 1 ms' },
    ],
  });
});

test.each([
  ['does not run', { health: 'down' as const, startedAt: null, release: null }],
  ['still the one that ran before', { startedAt: 1_000 }],
  ['runs 5.3.0', { release: '5.3.0' }],
])('a copy that %s proves nothing', async (seen, copy) => {
  const { on, copies } = service();
  const plan = await planOf(on);
  await rollback.execute(stepOf(plan), plan, on, never);
  copies[0] = { id: 'api', health: 'up', startedAt: 5_000, release: '5.2.4', ...copy };
  const verdict = await rollback.verify(plan, on);
  expect(verdict.ok).toBe(false);
  expect(verdict.checks).toContainEqual({ name: 'api', ok: false, seen });
});

test('no copy at all proves nothing', async () => {
  const { on, copies } = service();
  const plan = await planOf(on);
  await rollback.execute(stepOf(plan), plan, on, never);
  copies.length = 0;
  expect((await rollback.verify(plan, on)).ok).toBe(false);
});

test('copies under new names prove it, and so does one that ran the wanted release before', async () => {
  const { on, copies } = service();
  copies.push({ id: 'still', health: 'up', startedAt: 1_000, release: '5.2.4' });
  const plan = await planOf(on);
  expect(stepOf(plan).does).toBe('Switch from 5.3.0 to 5.2.4 and restart api');
  await rollback.execute(stepOf(plan), plan, on, never);
  copies[0] = { id: 'api-2', health: 'up', startedAt: 1_000, release: '5.2.4' };
  expect((await rollback.verify(plan, on)).ok).toBe(true);
  copies[0] = { id: 'api-2', health: 'up', startedAt: 1_000, release: '5.3.0' };
  expect((await rollback.verify(plan, on)).ok).toBe(false);
});

test('checks that fail afterwards are no proof, and the way back is the release that ran before', async () => {
  const { on, used } = service(usual(), 'degraded');
  const plan = await planOf(on);
  await rollback.execute(stepOf(plan), plan, on, never);
  expect((await rollback.verify(plan, on)).ok).toBe(false);
  expect(await rollback.compensate?.(plan, on, never)).toMatchObject({ kind: 'done' });
  expect(used).toEqual(['5.3.0 to 5.2.4', '5.2.4 to 5.3.0']);
});

test('a target that is sure that nothing was done is believed, so that nobody else is undone', async () => {
  const { on } = service();
  const plan = await planOf(on);
  const sure = new TargetError('6.0.0 is the current one', { retryable: false, happened: false });
  on.can.deployments.use = () => Promise.reject(sure);
  // Not inside the call: what throws at once and what rejects later are the same to the runner.
  const done = (async () => rollback.execute(stepOf(plan), plan, on, never))();
  await expect(done).rejects.toBe(sure);
});

test('after a crash a look tells whether it has happened', async () => {
  const { on, releases } = service();
  const plan = await planOf(on);
  const look = () => rollback.probe(stepOf(plan), plan, on);
  expect(await look()).toMatchObject({ kind: 'failed' });
  for (const one of releases) one.current = one.id === '5.2.4';
  expect(await look()).toMatchObject({
    kind: 'unknown',
    why: 'current release: 5.2.4; api: still the one that ran before',
  });
  await rollback.execute(stepOf(plan), plan, on, never);
  expect(await look()).toMatchObject({ kind: 'done' });
});
