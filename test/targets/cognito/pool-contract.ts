import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountsContract } from '../../contracts/accounts.ts';
import { sessionsContract } from '../../contracts/sessions.ts';
import { type APool, aPool } from './a-pool.ts';

const never = new AbortController().signal;

/** What the driver does with a user pool, whether the service behind it is real or stands for it. */
export function poolContract(endpoint: () => string): void {
  let pool: APool;
  beforeAll(async () => {
    pool = await aPool(endpoint());
    await pool.person(['admin']);
  });
  afterAll(() => pool.close());

  describe('accounts', () => {
    accountsContract(async () => ({
      accounts: pool.can.accounts,
      user: await pool.person(),
      nobody: pool.nobody(),
      signsIn: async (user) => (await pool.signIn(user)) !== null,
    }));

    test('the most powerful of the groups is the role', async () => {
      const user = await pool.person(['user', 'readonly', 'admin']);
      expect(await pool.can.accounts.find(user, never)).toMatchObject({ role: 'admin' });
      const other = await pool.person([]);
      expect(await pool.can.accounts.find(other, never)).toMatchObject({ role: null });
    });

    test('what Cognito does not tell is not made up', async () => {
      const user = await pool.person();
      expect(await pool.can.accounts.find(user, never)).toEqual({
        user,
        role: 'user',
        enabled: true,
        verified: true,
        mustResetPassword: false,
        failedAttempts: null,
        lockedUntil: null,
        lastLogin: null,
      });
    });

    test('no text can turn the question for one account into one for others', async () => {
      await pool.person();
      const hostile = ['" or email ^= "', 'a" ', '\\', '"', '\\"', 'x\n', '%', '*', 'person'];
      for (const user of hostile) {
        expect(await pool.can.accounts.find(user, never).catch(() => null)).toBeNull();
        await expect(pool.can.accounts.disable(user, never)).rejects.toMatchObject({
          happened: false,
        });
      }
    });

    test('a lockout is not cleared, and it is said why', async () => {
      const { accounts } = pool.can;
      expect(accounts.noLockouts).toMatch(/by itself/);
      const clearing = accounts.clearLockout(await pool.person(), never);
      await expect(clearing).rejects.toMatchObject({ happened: false });
    });
  });

  describe('sessions', () => {
    sessionsContract(async () => ({
      sessions: pool.can.sessions,
      user: await pool.person(),
      signIn: async (user) => {
        const token = (await pool.signIn(user)) ?? expect.fail(`${user} cannot sign in`);
        return () => pool.goesOn(token);
      },
    }));

    test('what outlives them is said', () => {
      expect(pool.can.sessions.remains()).toMatch(/until they expire/);
    });
  });

  test('the pool answers', async () => {
    const [probe] = pool.can.probes.list();
    expect(await probe?.run(never)).toMatchObject({ health: 'up' });
  });
}
