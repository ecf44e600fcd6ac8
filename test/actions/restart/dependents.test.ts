import { describe, expect, test } from 'vitest';
import { restart } from '../../../src/actions/restart.ts';
import type { Elsewhere, On } from '../../../src/core/action.ts';
import type { Instance } from '../../../src/core/capabilities.ts';
import type { Health } from '../../../src/core/health.ts';
import { onGround, planOf, probesThat } from '../../support/on-ground.ts';

const never = new AbortController().signal;

/** A Redis of `api@prod` in copies, and whoever else depends on it; how each is can be changed. */
function redisOf(others: readonly string[] = [], loses: readonly string[] = []) {
  const health: Record<string, Health> = { api: 'up', redis: 'up' };
  for (const name of others) health[name] = 'up';
  const copies: Instance[] = [{ id: 'server', health: 'up', startedAt: 1_000, release: null }];
  const looked: string[] = [];
  const elsewhere = (service: string): Elsewhere => ({
    target: { service, env: 'prod' },
    can: {
      probes: probesThat(() => {
        looked.push(service);
        return health[service] ?? 'unknown';
      }),
    },
  });
  const dependents = async () => ['api', ...others].map(elsewhere);
  const on: On<'instances' | 'lifecycle' | 'probes'> = onGround(
    {
      instances: { instances: async () => structuredClone(copies) },
      probes: probesThat(() => {
        looked.push('redis');
        return health.redis ?? 'unknown';
      }),
      lifecycle: {
        restart: async () => {
          copies.splice(0, 1, { id: 'server', health: 'up', startedAt: 2_000, release: null });
        },
      },
    },
    { dependency: { name: 'redis', loses, dependents } },
  );
  const plan = () => planOf(restart, { dependency: 'redis' }, on);
  const done = async () => {
    const made = await plan();
    for (const step of made.steps) await restart.execute(step, made, on, never);
    looked.length = 0;
    return made;
  };
  return { on, health, looked, plan, done };
}

const factsOf = ({ facts }: { facts: readonly { name: string; value: string }[] }) =>
  Object.fromEntries(facts.map(({ name, value }) => [name, value]));

describe('the plan for a dependency', () => {
  test('says what it is of, who depends on it and how each of them is', async () => {
    const { plan, health } = redisOf(['rust-auth', 'identity']);
    health.identity = 'degraded';
    const made = await plan();
    expect(made.summary).toBe('Restart redis of api@prod');
    expect(factsOf(made)).toMatchObject({
      'depend on it': 'api@prod, rust-auth@prod, identity@prod',
      'lost with it': 'nothing',
      'api@prod': 'up: its check is well',
      'identity@prod': 'degraded: ready 200 in 1 ms',
    });
    const material = made.facts.filter((fact) => fact.material).map(({ name }) => name);
    expect(material).toEqual(['server', 'depend on it', 'lost with it']);
  });

  test.each([
    [[], [], 'high'],
    [['rust-auth'], [], 'destructive'],
    [[], ['sessions'], 'destructive'],
  ] as const)(
    'with the dependents api and %j, and %j lost with it, its risk is %s',
    async (others, loses, risk) => {
      const made = await redisOf(others, loses).plan();
      expect(made.risk).toBe(risk);
      const said = made.riskReasons.join(' ');
      for (const one of [...others, ...loses, 'api@prod']) expect(said).toContain(one);
      if (loses.length > 0) expect(made.undo.how).toContain('lost for good: sessions');
    },
  );

  test('one copy of it can be chosen, and says so', async () => {
    const { on } = redisOf();
    const made = await planOf(restart, { dependency: 'redis', instance: 'server' }, on);
    expect(made.summary).toBe('Restart server of redis of api@prod');
  });

  test('of whom nothing can be looked at, that is said, and proves nothing against it', async () => {
    const { on, done } = redisOf();
    const dependents = async () => [{ target: { service: 'api', env: 'prod' }, can: {} }];
    Object.assign(on, { dependency: { name: 'redis', loses: [], dependents } });
    const made = await done();
    expect(factsOf(made)['api@prod']).toBe('unknown: it has no checks');
    expect((await restart.verify(made, on)).ok).toBe(true);
  });
});

describe('whether it worked', () => {
  test('is looked up at the dependency first and then at everybody who depends on it', async () => {
    const { on, done, looked } = redisOf(['rust-auth']);
    const verdict = await restart.verify(await done(), on);
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.checks.map(({ name }) => name)).toEqual([
      'server',
      'ready',
      'api@prod',
      'rust-auth@prod',
    ]);
    expect(looked).toEqual(['redis', 'api', 'rust-auth']);
  });

  test.each(['redis', 'api', 'rust-auth'])(
    'is a no when %s is not well afterwards',
    async (name) => {
      const { on, done, health } = redisOf(['rust-auth']);
      const plan = await done();
      health[name] = 'down';
      expect((await restart.verify(plan, on)).ok).toBe(false);
    },
  );

  test('who was ill before for another reason is no worse for it, and that is shown', async () => {
    const { on, done, health } = redisOf(['rust-auth']);
    health['rust-auth'] = 'degraded';
    const plan = await done();
    const verdict = await restart.verify(plan, on);
    expect(verdict.ok).toBe(true);
    expect(verdict.checks.at(-1)?.seen).toContain('no worse than before');
    health['rust-auth'] = 'down';
    expect((await restart.verify(plan, on)).ok).toBe(false);
  });

  test('for whom it was done has to be well, however it was before', async () => {
    const { on, done, health } = redisOf();
    health.api = 'down';
    expect((await restart.verify(await done(), on)).ok).toBe(false);
  });
});
