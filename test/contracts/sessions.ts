import { expect, test } from 'vitest';
import type { Sessions } from '../../src/core/capabilities.ts';

/** A system that people sign in to, and a way to be one of them. */
export interface SessionsUnderTest {
  sessions: Sessions;
  /** Somebody with no session, whom no other test uses. */
  user: string;
  /** Signs in, and answers how to see whether that session still is good. */
  signIn(user: string): Promise<() => Promise<boolean>>;
}

const never = new AbortController().signal;

/** What every driver's `sessions` must do. `setUp` gives a user of its own each time. */
export function sessionsContract(setUp: () => Promise<SessionsUnderTest>): void {
  test('the sessions of one person are counted and ended, and those of others go on', async () => {
    const [its, other] = [await setUp(), await setUp()];
    const { sessions, user } = its;
    const [one, two] = [await its.signIn(user), await its.signIn(user)];
    const others = await other.signIn(other.user);
    expect([null, 2]).toContain(await sessions.count(user, never));
    await sessions.revoke(user, never);
    expect([await one(), await two(), await others()]).toEqual([false, false, true]);
    expect([null, 0]).toContain(await sessions.count(user, never));
    expect([null, 1]).toContain(await sessions.count(other.user, never));
    await sessions.revoke(user, never); // twice is the same as once
    expect(await others()).toBe(true);
    expect(await (await its.signIn(user))()).toBe(true);
  });

  test('all of them can be ended, and everybody may sign in again', async () => {
    const [its, other] = [await setUp(), await setUp()];
    const good = [await its.signIn(its.user), await other.signIn(other.user)];
    if (its.sessions.notAll !== undefined) {
      await expect(its.sessions.revokeAll(never)).rejects.toMatchObject({ happened: false });
      return;
    }
    await its.sessions.revokeAll(never);
    for (const isGood of good) expect(await isGood()).toBe(false);
    expect(await (await its.signIn(its.user))()).toBe(true);
  });

  test('nothing is done that was called off before', async () => {
    const { sessions, user, signIn } = await setUp();
    const isGood = await signIn(user);
    for (const work of [
      () => sessions.revoke(user, AbortSignal.abort()),
      () => sessions.revokeAll(AbortSignal.abort()),
    ])
      await expect((async () => work())()).rejects.toMatchObject({ happened: false });
    expect(await isGood()).toBe(true);
  });
}
