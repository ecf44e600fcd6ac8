import { expect, test } from 'vitest';
import type { Account, Accounts } from '../../src/core/capabilities.ts';

/** A system of accounts, and ways to try what they can do that do not go through the driver. */
export interface AccountsUnderTest {
  accounts: Accounts;
  /** An account of an ordinary role that can sign in and that no other test uses. */
  user: string;
  /** An address that nobody has. */
  nobody: string;
  signsIn(user: string): Promise<boolean>;
  /** Has it locked by failed attempts; left out where the system does not tell of any. */
  lockOut?(user: string): Promise<void>;
}

const never = new AbortController().signal;

/** What every driver's `accounts` must do. `setUp` gives a user of its own each time. */
export function accountsContract(setUp: () => Promise<AccountsUnderTest>): void {
  const found = async ({ accounts, user }: AccountsUnderTest): Promise<Account> =>
    (await accounts.find(user, never)) ?? expect.fail(`${user} is not there`);

  test('the account with exactly this address is found, and no other', async () => {
    const its = await setUp();
    expect(await found(its)).toMatchObject({ user: its.user, enabled: true });
    expect(its.accounts.roles()).toContain((await found(its)).role);
    for (const other of [its.nobody, its.user.slice(1), `${its.user}x`, '*', '%', '', '.', '..'])
      expect(await its.accounts.find(other, never).catch(() => null)).toBeNull();
  });

  test('disabling one account keeps one person out and nobody else, until it is enabled', async () => {
    const [its, other] = [await setUp(), await setUp()];
    expect(await its.signsIn(its.user)).toBe(true);
    await its.accounts.disable(its.user, never);
    expect(await found(its)).toMatchObject({ enabled: false });
    expect(await its.signsIn(its.user)).toBe(false);
    expect(await found(other)).toMatchObject({ enabled: true });
    expect(await other.signsIn(other.user)).toBe(true);
    await its.accounts.disable(its.user, never); // twice is the same as once
    await its.accounts.enable(its.user, never);
    expect(await found(its)).toMatchObject({ enabled: true });
    expect(await its.signsIn(its.user)).toBe(true);
  });

  test('a new account has its role, and has to choose a password before it signs in', async () => {
    const its = await setUp();
    const role = its.accounts.roles()[0] ?? '';
    await its.accounts.create(its.nobody, role, never);
    const made = await found({ ...its, user: its.nobody });
    expect(made).toMatchObject({ user: its.nobody, role, enabled: true, mustResetPassword: true });
    expect(await its.signsIn(its.nobody)).toBe(false);
    await expect(its.accounts.create(its.nobody, role, never)).rejects.toMatchObject({
      happened: false,
    });
  });

  test('after a reset the old password is good no more', async () => {
    const its = await setUp();
    await its.accounts.resetPassword(its.user, never);
    expect(await found(its)).toMatchObject({ mustResetPassword: true });
    expect(await its.signsIn(its.user)).toBe(false);
  });

  test('a lockout is told, and cleared for one account alone', async ({ skip }) => {
    const [its, other] = [await setUp(), await setUp()];
    if (!its.lockOut || !other.lockOut) return skip();
    await its.lockOut(its.user);
    await other.lockOut(other.user);
    const { lockedUntil } = await found(its);
    expect(lockedUntil).toBeGreaterThan(Date.now());
    await its.accounts.clearLockout(its.user, never);
    expect(await found(its)).toMatchObject({ lockedUntil: null });
    expect(await its.signsIn(its.user)).toBe(true);
    expect((await found(other)).lockedUntil).not.toBeNull();
    expect(await other.signsIn(other.user)).toBe(false);
  });

  test('only those who hold the most powerful role and can sign in are counted as such', async () => {
    const { accounts, nobody } = await setUp();
    const before = await accounts.admins(never);
    expect(before).toBeGreaterThan(0);
    await accounts.create(nobody, accounts.roles().at(-1) ?? '', never);
    expect(await accounts.admins(never)).toBe(before + 1);
    await accounts.disable(nobody, never);
    expect(await accounts.admins(never)).toBe(before);
  });

  test('nothing is done for somebody who is not there', async () => {
    const { accounts, nobody } = await setUp();
    const works = [accounts.disable, accounts.enable, accounts.resetPassword];
    for (const work of works)
      await expect(work(nobody, never)).rejects.toMatchObject({
        name: 'TargetError',
        happened: false,
      });
    expect(await accounts.find(nobody, never)).toBeNull();
  });

  test('nothing is done that was called off before', async () => {
    const its = await setUp();
    await expect(its.accounts.disable(its.user, AbortSignal.abort())).rejects.toMatchObject({
      happened: false,
    });
    expect(await found(its)).toMatchObject({ enabled: true });
  });

  test('an address that is almost right leads to the right one', async () => {
    const { accounts, user } = await setUp();
    if (!accounts.similar) return;
    expect(await accounts.similar(user.replace('example', 'exmaple'), never)).toContain(user);
    expect(await accounts.similar('zzzz@nowhere.invalid', never)).toEqual([]);
  });
}
