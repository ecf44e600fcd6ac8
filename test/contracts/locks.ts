import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Holder,
  isInTheWay,
  type Lock,
  type LockMode,
  type LockPath,
  type Locks,
} from '../../src/core/locks.ts';

/** Locks under test. */
export interface LocksSetUp {
  locks: Locks;
  /** Lets so many milliseconds pass for the database, and not for whoever holds a lock. */
  passUnnoticed(ms: number): Promise<void>;
}

const lease = 6_000;
const patience = 3_000;

/** What every implementation of {@link Locks} must do. */
export function locksContract(setUp: () => LocksSetUp) {
  const acquire = (target: string, owner: string, mode?: LockMode) =>
    setUp().locks.acquire(target, owner, mode);
  const fresh = () => `rms-auth@${randomUUID()}`;
  const isLock = (got: Lock | Holder): got is Lock => 'fence' in got;
  const holders = (target: string) => setUp().locks.holders(target);
  const get = async (target: string, owner: string, mode?: LockMode): Promise<Lock> => {
    const got = await acquire(target, owner, mode);
    return isLock(got) ? got : expect.fail(`${got.owner} has it`);
  };

  test('a target that nobody has can be had, by one', async () => {
    const target = fresh();
    expect(await holders(target)).toEqual([]);
    const lock = await get(target, 'run-1');
    const about = { target, mode: 'exclusive', held: true };
    const held = { ...about, owner: 'run-1', until: expect.any(Number) };
    expect(await acquire(target, 'run-2')).toEqual(held);
    expect(await acquire(target, 'run-1')).toEqual(held);
    expect(await holders(target)).toEqual([held]);
    expect(lock.lost.aborted).toBe(false);
    await lock.check();
    await lock.release();
  });

  test('it says when it was granted, by the clock of the database', async () => {
    const before = await get(fresh(), 'run-1');
    await setUp().passUnnoticed(3_600_000);
    const after = await get(fresh(), 'run-1');
    expect(after.at - before.at).toBeGreaterThanOrEqual(3_600_000);
    await after.release();
  });

  test('targets do not know each other', async () => {
    const locks = [await get(fresh(), 'run-1'), await get(fresh(), 'run-1')];
    for (const lock of locks) await lock.check();
    for (const lock of locks) await lock.release();
  });

  test('what was given back can be had again, under a higher fence', async () => {
    const target = fresh();
    const first = await get(target, 'run-1');
    await first.release();
    expect(await holders(target)).toEqual([]);
    const second = await get(target, 'run-2');
    expect(second.fence).toBeGreaterThan(first.fence);
    await first.release();
    await second.check();
    expect(await holders(target)).toMatchObject([{ owner: 'run-2' }]);
    await second.release();
  });

  test('whoever has given it back may do nothing more under it', async () => {
    const lock = await get(fresh(), 'run-1');
    await lock.release();
    await expect(lock.check()).rejects.toThrow('released');
  });

  test('a lease that is over is somebody else’s, and its old holder hears it at the next step', async () => {
    const target = fresh();
    const old = await get(target, 'run-1');
    await setUp().passUnnoticed(lease + 100);
    const taken = await get(target, 'run-2');
    expect(taken.fence).toBeGreaterThan(old.fence);
    await expect(old.check()).rejects.toThrow('is not held');
    expect(old.lost.aborted).toBe(true);
    await taken.check();
    await taken.release();
  });

  test('a lease that is over is not renewed, even when nobody else wanted it', async () => {
    const target = fresh();
    const lock = await get(target, 'run-1');
    await setUp().passUnnoticed(lease + 100);
    expect(await holders(target)).toEqual([]);
    await expect(lock.check()).rejects.toThrow('is not held');
    await expect(lock.check()).rejects.toThrow('is not held');
  });

  test('asking before a step makes the lease last from then on', async () => {
    const target = fresh();
    const lock = await get(target, 'run-1');
    await setUp().passUnnoticed(lease - 1_000);
    await lock.check();
    await setUp().passUnnoticed(lease - 1_000);
    expect(await acquire(target, 'run-2')).toMatchObject({ owner: 'run-1' });
    await lock.release();
  });

  test('of any number that want it at once, one gets it, and fences grow for ever', async () => {
    const target = fresh();
    let last = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 8 }), fc.boolean(), async (rivals, dies) => {
        const got = await Promise.all(
          Array.from({ length: rivals }, (_, n) => acquire(target, `run-${n}`)),
        );
        const locks = got.filter(isLock);
        expect(locks).toHaveLength(1);
        const [lock] = locks as [Lock];
        const owner = `run-${got.indexOf(lock)}`;
        for (const other of got) if (!isLock(other)) expect(other.owner).toBe(owner);
        expect(lock.fence).toBeGreaterThan(last);
        last = lock.fence;
        if (dies) await setUp().passUnnoticed(lease + 100);
        else await lock.release();
      }),
      { numRuns: 10 },
    );
  });

  test('what is shared is shared by those who share it', async () => {
    const target = fresh();
    const locks = [await get(target, 'run-1', 'shared'), await get(target, 'run-2', 'shared')];
    expect(await acquire(target, 'run-3')).toMatchObject({ owner: 'run-1', mode: 'shared' });
    expect((await holders(target)).map(({ owner }) => owner)).toEqual(['run-1', 'run-2']);
    for (const lock of locks) await lock.check();
    await locks[0]?.release();
    expect(await acquire(target, 'run-3')).toMatchObject({ owner: 'run-2' });
    await locks[1]?.release();
    const alone = await get(target, 'run-3');
    expect(await acquire(target, 'run-1', 'shared')).toMatchObject({ owner: 'run-3', held: true });
    await alone.release();
  });

  test('all of an environment keeps everybody from each of its targets, new ones too, and from nothing else', async () => {
    const env = randomUUID();
    const whole = await get(`all@${env}`, 'run-1');
    for (const mode of ['shared', 'exclusive'] as const) {
      const got = await acquire(`${randomUUID()}@${env}`, 'run-2', mode);
      expect(got).toMatchObject({ owner: 'run-1', target: `all@${env}` });
    }
    await (await get(`rms-auth@not-${env}`, 'run-2')).release();
    expect(await holders(`rms-auth@${env}`)).toMatchObject([{ owner: 'run-1' }]);
    await whole.check();
    await whole.release();
    await (await get(`rms-auth@${env}`, 'run-2')).release();
  });

  test('one target keeps everybody from all of its environment', async () => {
    const env = randomUUID();
    for (const mode of ['shared', 'exclusive'] as const) {
      const one = await get(`rms-auth@${env}`, 'run-1', mode);
      expect(await acquire(`all@${env}`, 'run-2')).toMatchObject({
        owner: 'run-1',
        target: `rms-auth@${env}`,
      });
      expect(await holders(`all@${env}`)).toMatchObject([{ owner: 'run-1', mode }]);
      await one.release();
      await (await get(`all@${env}`, 'run-2')).release();
    }
  });

  test('who waits for all of an environment comes before those who come later, until it gives up', async () => {
    const env = randomUUID();
    const first = await get(`one@${env}`, 'run-1');
    expect(await acquire(`all@${env}`, 'run-2')).toMatchObject({ owner: 'run-1', held: true });
    expect(await acquire(`two@${env}`, 'run-3')).toMatchObject({ owner: 'run-2', held: false });
    expect(await holders(`two@${env}`)).toEqual([]);
    await first.release();
    expect(await acquire(`two@${env}`, 'run-3')).toMatchObject({ owner: 'run-2', held: false });
    const whole = await get(`all@${env}`, 'run-2');
    await whole.release();
    const second = await get(`two@${env}`, 'run-3');
    expect(await acquire(`all@${env}`, 'run-4')).toMatchObject({ owner: 'run-3' });
    await setUp().passUnnoticed(patience + 100);
    await (await get(`one@${env}`, 'run-1')).release();
    await second.release();
  });

  test('who waits for a target alone comes before those who would share it', async () => {
    const target = fresh();
    const first = await get(target, 'run-1', 'shared');
    expect(await acquire(target, 'run-2')).toMatchObject({ owner: 'run-1' });
    expect(await acquire(target, 'run-3', 'shared')).toMatchObject({ owner: 'run-2', held: false });
    await first.release();
    await (await get(target, 'run-2')).release();
    await (await get(target, 'run-3', 'shared')).release();
  });

  test('whatever is wanted at once, nobody has what is in another’s way, and somebody gets on', async () => {
    const wish = fc.record({
      service: fc.constantFrom('all', 'one', 'two'),
      mode: fc.constantFrom<LockMode>('shared', 'exclusive'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 8 }), async (wishes) => {
        const env = randomUUID();
        const wanted = wishes.map(({ service, mode }) => ({ target: `${service}@${env}`, mode }));
        let left = wanted.map((path, n) => ({ ...path, owner: `run-${n}` }));
        const fences: number[] = [];
        for (let round = 0; left.length > 0; round += 1) {
          expect(round).toBeLessThan(wishes.length + 1);
          const got = await Promise.all(
            left.map((one) => acquire(one.target, one.owner, one.mode)),
          );
          const mine = left.filter((_, n) => isLock(got[n] ?? expect.fail()));
          expect(mine.length).toBeGreaterThan(0);
          expectApart(mine);
          const locks = got.filter(isLock);
          expectHigher(locks, fences);
          fences.push(...locks.map(({ fence }) => fence));
          await Promise.all(locks.map((lock) => lock.release()));
          left = left.filter((one) => !mine.includes(one));
        }
      }),
      { numRuns: 15 },
    );
  });

  test('an exclusive one that keeps asking is had after those who came before it, however many share', async () => {
    const target = fresh();
    const held = new Map<string, Lock>();
    for (let n = 0; n < 3; n += 1) held.set(`s-${n}`, await get(target, `s-${n}`, 'shared'));
    let alone: Lock | Holder = await acquire(target, 'run-1');
    for (let n = 3; held.size > 0; n += 1) {
      const [oldest = ''] = held.keys();
      await held.get(oldest)?.release();
      held.delete(oldest);
      const next = await acquire(target, `s-${n}`, 'shared');
      if (isLock(next)) held.set(`s-${n}`, next);
      expect(n).toBeLessThan(10);
      alone = await acquire(target, 'run-1');
      if (isLock(alone)) break;
    }
    expect(isLock(alone)).toBe(true);
    if (isLock(alone)) await alone.release();
  });
}

const expectApart = (paths: readonly LockPath[]) => {
  for (const one of paths) {
    const others = paths.filter((other) => other !== one);
    expect(others.filter((other) => isInTheWay({ ...other, held: true }, one))).toEqual([]);
  }
};

const expectHigher = (locks: readonly Lock[], before: readonly number[]) => {
  const fences = locks.map(({ fence }) => fence);
  expect(Math.min(...fences)).toBeGreaterThan(Math.max(0, ...before));
  expect(new Set(fences).size).toBe(fences.length);
};
