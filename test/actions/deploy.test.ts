import { expect, test } from 'vitest';
import { deploy } from '../../src/actions/deploy.ts';
import type { Elsewhere } from '../../src/core/action.ts';
import type { Instance, Release } from '../../src/core/capabilities.ts';
import type { Health } from '../../src/core/health.ts';
import { doIt, lookAgain, onGround, planOf, probesThat } from '../support/on-ground.ts';

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
  release('5.3.1', 95, { verified: false }),
  release('5.3.0', 90),
  release('5.2.4', 70, { current: true }),
  release('5.2.3', 60),
];
const copy = (id: string, runs: string, startedAt = 1_000): Instance => ({
  id,
  health: 'up',
  startedAt,
  release: runs,
});

/** Another environment that runs this release, in this health. */
function stage(
  runs: string,
  { health = 'up' as Health, copies = [copy('api', runs)], can = {} as Elsewhere['can'] } = {},
): Elsewhere {
  return {
    target: { service: 'api', env: 'staging' },
    can: {
      releases: { history: async () => [release(runs, 1, { current: true })] },
      instances: { instances: async () => copies },
      probes: probesThat(() => health),
      ...can,
    },
  };
}

/** A service whose releases can be switched, with a list of everything that was done to it. */
function service(
  releases: Release[] = usual(),
  stages: readonly Elsewhere[] | null = [],
  health: () => Health = () => 'up',
) {
  const used: string[] = [];
  const copies = [copy('a', '5.2.4'), copy('b', '5.2.4')];
  const can = {
    releases: { history: async () => releases },
    instances: { instances: async () => copies },
    probes: probesThat(health),
    deployments: {
      use: async (id: string, expected: string) => {
        used.push(`${expected} to ${id}`);
        for (const one of releases) one.current = one.id === id;
        for (const one of copies) {
          one.startedAt = 2_000 + used.length;
          one.release = id;
        }
      },
      markVerified: async (id: string) => {
        used.push(`${id} is verified`);
      },
    },
  };
  const stagesBefore = stages === null ? {} : { stagesBefore: async () => stages };
  type Needs = 'releases' | 'instances' | 'probes' | 'deployments';
  return { on: onGround<Needs>(can, stagesBefore), used, releases, copies };
}

const failed = async (wanted: string, on: ReturnType<typeof service>['on']) =>
  (await deploy.precheck({ release: wanted }, on)).checks
    .filter(({ ok }) => !ok)
    .map(({ seen }) => seen)
    .join();

test('the plan says from which release to which one, and how it is taken back', async () => {
  const { on, used } = service();
  expect((await deploy.precheck({ release: '5.3.0' }, on)).ok).toBe(true);
  const plan = await planOf(deploy, { release: '5.3.0' }, on);
  expect(plan).toMatchObject({
    summary: 'Deploy 5.3.0 to api@prod, in place of 5.2.4',
    risk: 'high',
    steps: [
      {
        id: 'deploy:5.3.0',
        does: 'Switch from 5.2.4 to 5.3.0 and restart a, b',
        repeatable: false,
        timeout: 60_000,
      },
    ],
    undo: { possible: true, how: expect.stringContaining('5.2.4 is made the current release') },
  });
  expect(plan.facts.filter(({ material }) => material).map(({ name }) => name)).toEqual([
    'current release',
    'wanted release',
    'when the checks pass',
    'a',
    'b',
  ]);
  expect(plan.riskReasons).toEqual([
    '5.3.0 takes the place of 5.2.4, 20 h newer',
    'its 2 copies are restarted one after the other; the others serve meanwhile',
  ]);
  expect(used).toEqual([]);
});

test('one that nobody has verified here is said to be so', async () => {
  const plan = await planOf(deploy, { release: '5.3.1' }, service().on);
  expect(plan.riskReasons).toContain('nobody has verified here that 5.3.1 runs well');
  expect(plan.risk).toBe('high');
});

test('one that was rolled back once is destructive to run again', async () => {
  const { on } = service([
    release('5.3.0', 90, { leftFor: '5.2.4' }),
    release('5.2.4', 70, { current: true }),
  ]);
  const plan = await planOf(deploy, { release: '5.3.0' }, on);
  expect(plan.risk).toBe('destructive');
  expect(plan.riskReasons).toContain('5.3.0 was rolled back once, to 5.2.4, and is to run again');
});

const noneCurrent = usual().map((one) => ({ ...one, current: false }));
const newest = usual().map((one) => ({ ...one, current: one.id === '5.3.1' }));

test.each([
  ['one that is almost there', usual(), '5.3.2', /no release 5\.3\.2; what comes nearest is 5\.3/],
  ['one that is nowhere', usual(), 'latest', /newer than the current one are 5\.3\.1, 5\.3\.0/],
  ['one that is nowhere, at the end', newest, 'latest', /there is none that is newer/],
  ['the current one', usual(), '5.2.4', /5\.2\.4 is the current one already/],
  ['an older one', usual(), '5.2.3', /older than 5\.2\.4.*that is a rollback/],
  ['where none is known to run', noneCurrent, '5.3.0', /nobody knows which release/],
])('%s is refused, and no plan is made of it', async (_, releases, wanted, why) => {
  const { on } = service(structuredClone(releases));
  expect(await failed(wanted, on)).toMatch(why);
  await expect(planOf(deploy, { release: wanted }, on)).rejects.toMatchObject({ happened: false });
});

test.each(['../../etc', '5.3.0; id', '-rf', '', 'a b', 'x'.repeat(101), '5.3.0\u202e', '$(id)'])(
  'the name %j is none of a release',
  (name) => {
    expect(deploy.params.safeParse({ release: name }).success).toBe(false);
  },
);

test.each([
  ['runs another release', stage('5.2.4'), /api@staging runs 5\.2\.4, not 5\.3\.0/],
  ['has no copy', stage('5.3.0', { copies: [] }), /has copies that do not run 5\.3\.0/],
  [
    'has a copy of another release',
    stage('5.3.0', { copies: [copy('a', '5.3.0'), copy('b', '5.2.4')] }),
    /has copies that do not run/,
  ],
  [
    'has a copy that is down',
    stage('5.3.0', { copies: [{ ...copy('a', '5.3.0'), health: 'down' }] }),
    /has copies that do not run/,
  ],
  ['is not well', stage('5.3.0', { health: 'degraded' }), /is not well with it: ready/],
  [
    'cannot be looked at',
    stage('5.3.0', { can: { releases: { history: () => Promise.reject(new Error('gone')) } } }),
    /could not be looked at: gone/,
  ],
  ['does not tell', { ...stage('5.3.0'), can: {} }, /does not tell what runs there/],
])('production has to wait while staging %s', async (_, before, why) => {
  const { on } = service(usual(), [before]);
  expect(await failed('5.3.0', on)).toMatch(why);
  await expect(planOf(deploy, { release: '5.3.0' }, on)).rejects.toMatchObject({ happened: false });
});

test('it is enough that it runs well in one of them', async () => {
  const { on } = service(usual(), [stage('5.2.4'), stage('5.3.0')]);
  expect((await deploy.precheck({ release: '5.3.0' }, on)).ok).toBe(true);
  const { facts } = await planOf(deploy, { release: '5.3.0' }, on);
  expect(facts.find(({ name }) => name.startsWith('environment'))?.value).toContain(
    'api@staging runs it, and all its checks are up',
  );
});

test('where nobody can tell which environments there are, nothing is deployed', async () => {
  const { on } = service(usual(), null);
  expect(await failed('5.3.0', on)).toMatch(/nobody can tell where it ran before/);
});

test('nothing is planned around a copy whose state nobody knows, or without any copy', async () => {
  const { on, copies } = service();
  copies[0] = { ...copy('a', '5.2.4'), health: 'unknown' };
  expect(await failed('5.3.0', on)).toMatch(/nobody knows how a is/);
  copies.splice(0);
  expect(await failed('5.3.0', on)).toMatch(/it has 0 of them/);
});

test('it is proved by the release, by new copies that run it, and by checks that stay up', async () => {
  const { on, used } = service();
  const plan = await planOf(deploy, { release: '5.3.0' }, on);
  expect((await deploy.verify(plan, on)).ok).toBe(false);
  expect(await doIt(deploy, plan, on)).toMatchObject({ kind: 'done' });
  expect(used).toEqual(['5.2.4 to 5.3.0']);
  expect(await deploy.verify(plan, on)).toMatchObject({ ok: true });
});

test('a release that fails now and then is not proved by one good look, and is taken back', async () => {
  let looks = 0;
  const sometimes = (): Health => {
    looks += 1;
    return looks % 5 === 0 ? 'down' : 'up';
  };
  const { on, used } = service(usual(), [], sometimes);
  const plan = await planOf(deploy, { release: '5.3.0' }, on);
  await doIt(deploy, plan, on);
  expect((await deploy.verify(plan, on)).ok).toBe(false);
  expect(await deploy.compensate?.(plan, on, never)).toMatchObject({ kind: 'done' });
  expect(used).toEqual(['5.2.4 to 5.3.0', '5.3.0 to 5.2.4']);
});

test('after a crash a look tells whether it has happened', async () => {
  const { on, releases } = service();
  const plan = await planOf(deploy, { release: '5.3.0' }, on);
  expect(await lookAgain(deploy, plan, on)).toMatchObject({ kind: 'failed' });
  for (const one of releases) one.current = one.id === '5.3.0';
  expect(await lookAgain(deploy, plan, on)).toMatchObject({ kind: 'unknown' });
  await doIt(deploy, plan, on);
  expect(await lookAgain(deploy, plan, on)).toMatchObject({ kind: 'done' });
});

test('once it was proved it is marked as verified, which the plan says', async () => {
  const { on, used } = service();
  const plan = await planOf(deploy, { release: '5.3.0' }, on);
  expect(plan.facts.find(({ name }) => name === 'when the checks pass')?.value).toBe(
    '5.3.0 is marked as verified, so that a rollback may choose it later',
  );
  await doIt(deploy, plan, on);
  await deploy.verify(plan, on);
  expect(used).toEqual(['5.2.4 to 5.3.0']);
  expect(await deploy.attest?.(plan, on, never)).toContain('5.3.0 is marked as verified');
  expect(used).toEqual(['5.2.4 to 5.3.0', '5.3.0 is verified']);
});
