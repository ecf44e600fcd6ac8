import { describe, expect, test } from 'vitest';
import type { Lock } from '../../src/core/locks.ts';
import { holdLock } from '../../src/store/locks/held-lock.ts';
import { handTime } from '../support/hand-time.ts';

/** A lease whose database answers as the test says, and a clock that the test moves. */
function holding(answer: () => Promise<boolean>) {
  const time = handTime();
  let renewals = 0;
  const renew = async () => {
    renewals += 1;
    return answer();
  };
  const lease = {
    target: 'rms-auth@prod',
    fence: 1,
    at: 0,
    askedAt: 0,
    renew,
    end: async () => {},
  };
  const lock: Lock = holdLock(lease, time);
  return { lock, time, renewals: () => renewals };
}

const yes = async () => true;
const away = async () => {
  throw new Error('the server is gone');
};
const never = () => new Promise<boolean>(() => {});

describe('a lock that is held', () => {
  test('is renewed every two seconds for as long as it is wanted', async () => {
    const { lock, time, renewals } = holding(yes);
    await time.pass(61_000);
    expect(renewals()).toBe(30);
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
    await time.pass(60_000);
    expect(renewals()).toBe(30);
  });

  test.each([
    ['is away', away],
    ['does not answer', never],
  ])('is lost 1.5 s before the lease is over when the database %s', async (_, answer) => {
    const { lock, time } = holding(answer);
    await time.pass(4_499);
    expect(lock.lost.aborted).toBe(false);
    await time.pass(1);
    expect(lock.lost.aborted).toBe(true);
    await expect(lock.check()).rejects.toThrow('was not renewed in time');
  });

  test('survives a database that is away for a moment', async () => {
    let calls = 0;
    const { lock, time } = holding(async () => {
      calls += 1;
      return calls === 1 ? away() : true;
    });
    await time.pass(30_000);
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
  });

  test('is lost at once when the database says that it is somebody else’s', async () => {
    const { lock, time, renewals } = holding(async () => false);
    await time.pass(2_000);
    expect(lock.lost.aborted).toBe(true);
    await time.pass(60_000);
    expect(renewals()).toBe(1);
  });

  test('is lost for a holder that was stopped for a while, before it asks anybody', async () => {
    const { lock, time, renewals } = holding(yes);
    time.stop(14_000);
    await expect(lock.check()).rejects.toThrow('was not renewed in time');
    expect(lock.lost.aborted).toBe(true);
    expect(renewals()).toBe(0);
  });

  test('is not good for a step when the database cannot be asked, but not lost for that', async () => {
    const { lock } = holding(away);
    await expect(lock.check()).rejects.toThrow('the server is gone');
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
  });

  test('an answer that comes too late does not count', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const { lock, time } = holding(() => promise);
    const checked = expect(lock.check()).rejects.toThrow('was not renewed in time');
    time.stop(5_000);
    resolve(true);
    await checked;
    expect(lock.lost.aborted).toBe(true);
  });
});
