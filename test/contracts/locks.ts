import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Holder, Lock, Locks } from '../../src/core/locks.ts';

/** Locks under test. */
export interface LocksSetUp {
  locks: Locks;
  /** Lets so many milliseconds pass for the database, and not for whoever holds a lock. */
  passUnnoticed(ms: number): Promise<void>;
}

const lease = 6_000;

/** What every implementation of {@link Locks} must do. */
export function locksContract(setUp: () => LocksSetUp) {
  const acquire = (target: string, owner: string) => setUp().locks.acquire(target, owner);
  const fresh = () => `rms-auth@${randomUUID()}`;
  const isLock = (got: Lock | Holder): got is Lock => 'fence' in got;
  const get = async (target: string, owner: string): Promise<Lock> => {
    const got = await acquire(target, owner);
    return isLock(got) ? got : expect.fail(`${got.owner} has it`);
  };

  test('a target that nobody has can be had, by one', async () => {
    const target = fresh();
    expect(await setUp().locks.holder(target)).toBeNull();
    const lock = await get(target, 'run-1');
    const held = { owner: 'run-1', until: expect.any(Number) };
    expect(await acquire(target, 'run-2')).toEqual(held);
    expect(await acquire(target, 'run-1')).toEqual(held);
    expect(await setUp().locks.holder(target)).toEqual(held);
    expect(lock.lost.aborted).toBe(false);
    await lock.check();
    await lock.release();
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
    expect(await setUp().locks.holder(target)).toBeNull();
    const second = await get(target, 'run-2');
    expect(second.fence).toBeGreaterThan(first.fence);
    await first.release();
    await second.check();
    expect(await setUp().locks.holder(target)).toMatchObject({ owner: 'run-2' });
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
    expect(await setUp().locks.holder(target)).toBeNull();
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
}
