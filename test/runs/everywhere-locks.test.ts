import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Holder, Lock, Locks } from '../../src/core/locks.ts';
import type { Target } from '../../src/core/target.ts';
import { locksForAll } from '../../src/runs/everywhere-locks.ts';
import { memoryLocks } from '../../src/store/memory-locks.ts';
import { locksContract } from '../contracts/locks.ts';
import { actionOn, aRequest, ballot, granted, grounds } from './grounds.ts';
import { settle, virtualTime } from './virtual-time.ts';

const services = ['abc', 'rms-auth', 'rust-auth'];
const targetsIn = (env: string): Target[] =>
  env === 'dev' ? [] : services.map((service) => ({ service, env }));
const names = ['all@prod', ...services.map((service) => `${service}@prod`)];
const isLock = (got: Lock | Holder): got is Lock => 'fence' in got;

function world() {
  const time = virtualTime();
  const inner = memoryLocks(time.clock, time.after);
  const locks = locksForAll(inner, targetsIn);
  const get = async (target: string, owner: string): Promise<Lock> => {
    const got = await locks.acquire(target, owner);
    return isLock(got) ? got : expect.fail(`${got.owner} has it`);
  };
  const holders = () => Promise.all(names.map((name) => inner.holder(name)));
  return { time, inner, locks, get, holders };
}

describe('the lock of a single target is as ever', () => {
  const { time, locks } = world();
  locksContract(() => ({ locks, passUnnoticed: async (ms) => time.jump(ms) }));
});

describe('the lock of all targets of an environment', () => {
  test('keeps everybody else from each of them, until it is given back', async () => {
    const { locks, get, holders } = world();
    const lock = await get('all@prod', 'R-1');
    for (const name of names) {
      expect(await locks.acquire(name, 'R-2')).toEqual({ owner: 'R-1', until: expect.any(Number) });
    }
    await lock.check();
    await lock.release();
    expect(await holders()).toEqual(names.map(() => null));
    await get('rms-auth@prod', 'R-2');
  });

  test('is not had while somebody has one of them, and then takes none', async () => {
    for (const name of names) {
      const { locks, get, holders } = world();
      await get(name, 'R-1');
      expect(await locks.acquire('all@prod', 'R-2')).toMatchObject({ owner: 'R-1' });
      expect((await holders()).filter((one) => one?.owner === 'R-2')).toEqual([]);
    }
  });

  test('is no matter to other environments', async () => {
    const { get } = world();
    await get('all@prod', 'R-1');
    await get('rms-auth@staging', 'R-2');
    await get('all@dev', 'R-3');
  });

  test('has a holder and a fence that grows', async () => {
    const { locks, get } = world();
    const first = await get('all@prod', 'R-1');
    expect(await locks.holder('all@prod')).toMatchObject({ owner: 'R-1' });
    expect(await locks.holder('rms-auth@prod')).toMatchObject({ owner: 'R-1' });
    await first.release();
    expect((await get('all@prod', 'R-2')).fence).toBeGreaterThan(first.fence);
  });

  test('is lost as soon as one of them is', async () => {
    const { inner } = world();
    const parts: Lock[] = [];
    const noting: Locks = {
      ...inner,
      acquire: async (target, owner) => {
        const got = await inner.acquire(target, owner);
        if (isLock(got)) parts.push(got);
        return got;
      },
    };
    for (const at of [0, 1, 3]) {
      parts.length = 0;
      const lock = (await locksForAll(noting, targetsIn).acquire('all@prod', 'R-1')) as Lock;
      await parts[at]?.release();
      await expect(lock.check()).rejects.toThrow('released');
      await lock.release();
    }
  });

  test('is lost at once when one of them is, and asked for in the order of the names', async () => {
    const losing = new Map<string, AbortController>();
    const made: Locks = {
      holder: async () => null,
      acquire: async (target) => {
        const ended = new AbortController();
        losing.set(target, ended);
        const nothing = async () => {};
        return { fence: 1, lost: ended.signal, check: nothing, release: nothing };
      },
    };
    for (const name of names) {
      losing.clear();
      const backwards = (env: string) => targetsIn(env).toReversed();
      const lock = (await locksForAll(made, backwards).acquire('all@prod', 'R-1')) as Lock;
      expect([...losing.keys()]).toEqual([...names].sort());
      losing.get(name)?.abort();
      expect(lock.lost.aborted).toBe(true);
    }
  });

  test('fires when the lease of one runs out', async () => {
    const { time, get } = world();
    const lock = await get('all@prod', 'R-1');
    expect(lock.lost.aborted).toBe(false);
    time.jump(7_000);
    await time.pass(2_000);
    expect(lock.lost.aborted).toBe(true);
  });

  test('gives everything back when one of them cannot be asked for', async () => {
    const { inner, holders } = world();
    const broken: Locks = {
      ...inner,
      acquire: async (target, owner) => {
        if (target === 'rust-auth@prod') throw new Error('the database is away');
        return inner.acquire(target, owner);
      },
    };
    await expect(locksForAll(broken, targetsIn).acquire('all@prod', 'R-1')).rejects.toThrow('away');
    expect(await holders()).toEqual(names.map(() => null));
  });

  test('gives the others back when one cannot be given back', async () => {
    const { inner, holders } = world();
    const stuck: Locks = {
      ...inner,
      acquire: async (target, owner) => {
        const got = await inner.acquire(target, owner);
        const release = async () => {
          throw new Error('the database is away');
        };
        return isLock(got) && target === 'abc@prod' ? { ...got, release } : got;
      },
    };
    const lock = (await locksForAll(stuck, targetsIn).acquire('all@prod', 'R-1')) as Lock;
    await expect(lock.release()).rejects.toThrow('away');
    expect((await holders()).filter((one) => one !== null)).toHaveLength(1);
  });

  test('of any number that want some at once, in any order of steps, somebody gets on, and no target has two', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { minLength: 1, maxLength: 6 }),
        fc.scheduler(),
        async (wanted, scheduler) => {
          const { inner, holders } = world();
          const slow: Locks = {
            ...inner,
            acquire: async (target, owner) => {
              await scheduler.schedule(Promise.resolve(), `${owner} wants ${target}`);
              return inner.acquire(target, owner);
            },
          };
          // Two processes need not have read the same order in their configuration.
          const tries = wanted.map(([name, backwards], index) => {
            const order = (env: string) =>
              backwards ? targetsIn(env).toReversed() : targetsIn(env);
            return locksForAll(slow, order).acquire(name, `R-${index}`);
          });
          await scheduler.waitFor(Promise.all(tries));
          const got = await Promise.all(tries);
          const mine = wanted.flatMap(([name], index) =>
            isLock(got[index] as Lock) ? [name] : [],
          );
          expect(mine.length).toBeGreaterThan(0);
          expect(new Set(mine).size).toBe(mine.length);
          if (mine.includes('all@prod')) expect(mine).toHaveLength(1);
          await Promise.all(got.filter(isLock).map((lock) => lock.release()));
          expect(await holders()).toEqual(names.map(() => null));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('runs on all and runs on one', () => {
  /** The action on one target, and on all; each waits in its first step until it is let go. */
  function houses() {
    const going = new Map<string, () => void>();
    const begun: string[] = [];
    const machine = { release: '1', effects: [] };
    const ground = grounds({
      targetsIn,
      actions: [
        actionOn(machine, {
          everywhere: true,
          execute: async (step, plan, on) => {
            const at = `${on.target.service}:${step.id}`;
            begun.push(`${plan.target.service === on.target.service ? '' : 'odd '}${at}`);
            if (step.id === 'one') await new Promise<void>((go) => going.set(at, go));
            return { kind: 'done', seen: 'done' };
          },
        }),
      ],
    });
    const start = async (service: string) => {
      const target = { service, env: 'prod' };
      const run = granted(await ground.runner.request(aRequest({ target })));
      await ground.runner.vote(ballot(run, 'm1'));
      await settle();
      return run.id;
    };
    const stateOf = async (id: string) => (await ground.find(id)).state;
    return { ...ground, going, begun, start, stateOf };
  }

  test('wait for each other, in both directions', async () => {
    for (const [first, second] of [
      ['all', 'rms-auth'],
      ['rms-auth', 'all'],
    ] as const) {
      const { runner, time, going, begun, start, stateOf } = houses();
      runner.start();
      const one = await start(first);
      const two = await start(second);
      await time.pass(3_000);
      expect([await stateOf(one), await stateOf(two)]).toEqual(['executing', 'approved']);
      expect(begun).toHaveLength(1);
      for (let turn = 0; turn < 10; turn++) {
        for (const go of going.values()) go();
        await time.pass(1_500);
      }
      expect([await stateOf(one), await stateOf(two)]).toEqual(['succeeded', 'succeeded']);
      expect(begun).toHaveLength(2 * (services.length + 1));
      await runner.stop(0);
    }
  });
});
