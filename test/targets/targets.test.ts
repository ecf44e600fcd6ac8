import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Capabilities } from '../../src/core/capabilities.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { type Driver, defineDriver } from '../../src/core/driver.ts';
import { TargetError } from '../../src/core/errors.ts';
import { createTargets } from '../../src/targets/targets.ts';
import { stillClock } from '../support/clock.ts';
import { someDependency, withDependency } from '../support/with-dependency.ts';

const prod = { service: 'rms-auth', env: 'prod' };
const staging = { service: 'rms-auth', env: 'staging' };

/** A driver that counts; `open` may be made to fail. */
function countingDriver(name: string, capabilities: Partial<Capabilities> = {}) {
  const count = { opened: 0, closed: 0 };
  const behaviour = { fail: null as Error | null };
  const driver = defineDriver({
    name,
    summary: 'Counts.',
    options: z.unknown(),
    async open() {
      count.opened += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (behaviour.fail) throw behaviour.fail;
      const close = async () => {
        count.closed += 1;
      };
      return { capabilities, close };
    },
  });
  return { driver, count, behaviour };
}

const catalogueOf = (...drivers: readonly Driver[]): Catalogue => {
  const sections = Object.fromEntries(drivers.map(({ name }) => [name, {}]));
  const environments = ['prod', 'staging'].map((name) => ({
    name,
    production: name === 'prod',
    drivers: sections,
  }));
  const words = { title: 'RMS', runbook: '000', owners: [], aliases: [] };
  return { defaultEnv: null, services: [{ name: 'rms-auth', ...words, environments }] };
};

const setUp = (...drivers: readonly Driver[]) =>
  createTargets({ catalogue: catalogueOf(...drivers), drivers, clock: stillClock() });

const probe = (name: string) => ({
  name,
  run: async () => ({ health: 'up', detail: 'fine' }) as const,
});
const releases = () => ({ history: async () => [] });
const probes = (...names: string[]) => ({ list: () => names.map(probe) });

test('the probes of a target are those of all its drivers together', async () => {
  const http = countingDriver('http', { probes: probes('ready', 'keys') });
  const redis = countingDriver('redis', { probes: probes('ping') });
  const offered = await setUp(http.driver, redis.driver).offer(prod, 'probes');
  expect(offered?.list().map(({ name }) => name)).toEqual(['ready', 'keys', 'ping']);
  expect(await setUp(countingDriver('process').driver).offer(prod, 'probes')).toBeNull();
});

describe('opening', () => {
  test('nothing is opened before it is asked, and then only the one that was', async () => {
    const { driver, count } = countingDriver('http', { probes: probes('ready') });
    const targets = setUp(driver);
    expect(count.opened).toBe(0);
    await targets.probes(prod);
    expect(count.opened).toBe(1);
    await targets.probes(staging);
    expect(count.opened).toBe(2);
  });

  test('whoever asks at the same time, and later, shares one', async () => {
    const { driver, count } = countingDriver('http', { probes: probes('ready') });
    const targets = setUp(driver);
    await Promise.all([targets.probes(prod), targets.offer(prod, 'logs'), targets.probes(prod)]);
    await targets.probes(prod);
    expect(count.opened).toBe(1);
  });

  test('a failure is a TargetError that names the target, and the next use tries again', async () => {
    const { driver, count, behaviour } = countingDriver('http', { probes: probes('ready') });
    const targets = setUp(driver);
    behaviour.fail = new Error('no such file');
    const failed = await targets.offer(prod, 'logs').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(TargetError);
    expect((failed as TargetError).message).toBe(
      'http of rms-auth@prod could not be opened: no such file',
    );
    behaviour.fail = null;
    expect(await targets.offer(prod, 'probes')).not.toBeNull();
    expect(count.opened).toBe(2);
  });
});

describe('what a target offers', () => {
  test('the probes of all its drivers, in the order of the catalogue', async () => {
    const one = countingDriver('http', { probes: probes('ready', 'status') });
    const none = countingDriver('process');
    const two = countingDriver('redis', { probes: probes('redis ping') });
    const found = await setUp(one.driver, none.driver, two.driver).probes(prod);
    expect(found.map(({ name }) => name)).toEqual(['ready', 'status', 'redis ping']);
  });

  test('a driver that does not open is a probe that fails, and hides no other', async () => {
    const broken = countingDriver('http');
    broken.behaviour.fail = new TargetError('its files are gone', { retryable: true });
    const well = countingDriver('redis', { probes: probes('redis ping') });
    const found = await setUp(broken.driver, well.driver).probes(prod);
    expect(found.map(({ name }) => name)).toEqual(['http', 'redis ping']);
    await expect(found[0]?.run(AbortSignal.timeout(1_000))).rejects.toThrow('its files are gone');
  });

  test('a capability comes from the first driver that has it', async () => {
    const first = releases();
    const targets = setUp(
      countingDriver('process').driver,
      countingDriver('http', { releases: first }).driver,
      countingDriver('redis', { releases: releases() }).driver,
    );
    expect(await targets.offer(prod, 'releases')).toBe(first);
    expect(await targets.offer(prod, 'logs')).toBeNull();
  });

  test('a driver that does not open is passed over when another has the capability', async () => {
    const broken = countingDriver('process');
    broken.behaviour.fail = new Error('gone');
    const well = releases();
    const targets = setUp(broken.driver, countingDriver('http', { releases: well }).driver);
    expect(await targets.offer(prod, 'releases')).toBe(well);
    await expect(targets.offer(prod, 'logs')).rejects.toThrow(TargetError);
  });
});

describe('what it refuses', () => {
  test('a target that the catalogue does not name', async () => {
    const targets = setUp(countingDriver('http').driver);
    const wrong = { service: 'rms-auth', env: 'dev' };
    await expect(targets.probes(wrong)).rejects.toThrow('there is no rms-auth@dev');
    await expect(targets.offer(wrong, 'logs')).rejects.toThrow(TargetError);
  });

  test('a section of a driver that there is not', async () => {
    const { driver } = countingDriver('telnet');
    const targets = createTargets({
      catalogue: catalogueOf(driver),
      drivers: [],
      clock: stillClock(),
    });
    await expect(targets.offer(prod, 'logs')).rejects.toThrow('there is no driver called telnet');
  });
});

describe('closing', () => {
  test('closes what was opened, once, and opens nothing more', async () => {
    const { driver, count } = countingDriver('http');
    const targets = setUp(driver);
    await targets.probes(prod);
    await Promise.all([targets.close(), targets.close()]);
    expect(count).toEqual({ opened: 1, closed: 1 });
    await expect(targets.offer(prod, 'logs')).rejects.toThrow('shutting down');
    await expect(targets.offer(staging, 'logs')).rejects.toThrow('shutting down');
    expect(count.opened).toBe(1);
  });

  test('waits for what is just being opened, and closes that too', async () => {
    const { driver, count } = countingDriver('http');
    const targets = setUp(driver);
    const opening = targets.probes(prod);
    await targets.close();
    await opening;
    expect(count).toEqual({ opened: 1, closed: 1 });
  });

  test('one that failed to open does not keep the others from closing', async () => {
    const broken = countingDriver('http');
    broken.behaviour.fail = new Error('gone');
    const well = countingDriver('redis');
    const targets = setUp(broken.driver, well.driver);
    await targets.probes(prod);
    await targets.close();
    expect(well.count.closed).toBe(1);
  });
});

describe('a dependency of a target', () => {
  /** One that `own` is about alone and `reaching` reaches as well; `process` is the target's own. */
  function withOne(own: Driver, reaching: Driver, others: readonly Driver[] = []) {
    const plain = catalogueOf(reaching, ...others);
    const dependency = someDependency('cache', {
      drivers: { [own.name]: {} },
      section: reaching.name,
    });
    const catalogue = withDependency(plain, 'rms-auth@prod', dependency);
    const drivers = [own, reaching, ...others];
    const targets = createTargets({ catalogue, drivers, clock: stillClock() });
    return { targets, offerOf: targets.offerOf ?? expect.fail('it can be asked nothing') };
  }
  const lifecycle = (says: string) => ({ restart: () => Promise.reject(new Error(says)) });
  const never = new AbortController().signal;

  test('offers what its own sections do, and what reaches it', async () => {
    const own = countingDriver('kubernetes', {
      lifecycle: lifecycle('its own'),
      probes: probes('pods'),
    });
    const reaching = countingDriver('redis', { probes: probes('ping') });
    const process = countingDriver('process', {
      lifecycle: lifecycle('of the target'),
      probes: probes('copies'),
    });
    const { offerOf } = withOne(own.driver, reaching.driver, [process.driver]);
    const found = await offerOf(prod, 'cache', 'lifecycle');
    await expect(found?.restart('a', null, never)).rejects.toThrow('its own');
    const seen = await offerOf(prod, 'cache', 'probes');
    expect(seen?.list().map(({ name }) => name)).toEqual(['pods', 'ping']);
  });

  test('offers nothing that only its target does, and one that nobody knows offers nothing', async () => {
    const own = countingDriver('http');
    const process = countingDriver('process', { lifecycle: lifecycle('of the target') });
    const reaching = countingDriver('redis');
    const { offerOf } = withOne(own.driver, reaching.driver, [process.driver]);
    expect(await offerOf(prod, 'cache', 'lifecycle')).toBeNull();
    expect(await offerOf(prod, 'queue', 'lifecycle')).toBeNull();
    expect(await offerOf(staging, 'cache', 'probes')).toBeNull();
    expect(process.count.opened).toBe(0);
  });

  test('shares the connection of what reaches it, and lets go of its own', async () => {
    const own = countingDriver('http');
    const reaching = countingDriver('redis', { probes: probes('ping') });
    const { targets, offerOf } = withOne(own.driver, reaching.driver);
    await Promise.all([offerOf(prod, 'cache', 'probes'), targets.offer(prod, 'probes')]);
    expect([own.count.opened, reaching.count.opened]).toEqual([1, 1]);
    await targets.close();
    expect([own.count.closed, reaching.count.closed]).toEqual([1, 1]);
  });
});
