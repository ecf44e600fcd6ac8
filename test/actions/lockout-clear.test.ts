import { expect, test } from 'vitest';
import { lockoutClear } from '../../src/actions/lockout-clear.ts';
import type { Account, Accounts } from '../../src/core/capabilities.ts';
import { doIt, lookAgain, onGround, planOf } from '../support/on-ground.ts';

const now = 1_700_000_000_000;
const user = 'jane@example.com';

/** A system with one account, with a list of everything that was done to it. */
function system(account: Partial<Account> = {}, more: Partial<Accounts> = {}) {
  const done: string[] = [];
  const jane: Account = {
    user,
    role: 'user',
    enabled: true,
    verified: true,
    mustResetPassword: false,
    failedAttempts: 5,
    lockedUntil: now + 60_000,
    lastLogin: null,
    ...account,
  };
  const refuse = async () => expect.fail('nothing else may be done');
  const on = onGround<'accounts' | 'membership'>({
    membership: {
      find: async () => ({
        person: { id: 'U07JANE0001', team: 'T07GATEHSE1' },
        kept: null,
        welcome: true,
      }),
      taken: refuse,
      take: refuse,
      giveBack: refuse,
    },
    accounts: {
      roles: () => ['readonly', 'user', 'admin'],
      find: async (wanted) => (wanted === user ? { ...jane } : null),
      similar: async () => [user],
      admins: async () => 2,
      create: refuse,
      disable: refuse,
      enable: refuse,
      resetPassword: refuse,
      clearLockout: async (wanted) => {
        done.push(wanted);
        Object.assign(jane, { failedAttempts: 0, lockedUntil: null });
      },
      ...more,
    },
  });
  return { on, done, jane };
}

test('one account is unlocked, and its facts make no other plan while somebody goes on trying', async () => {
  const { on, done, jane } = system();
  expect((await lockoutClear.precheck({ user }, on)).ok).toBe(true);
  const plan = await planOf(lockoutClear, { user }, on);
  expect(plan).toMatchObject({
    summary: `Clear the lockout of ${user} on api@prod`,
    risk: 'high',
    undo: { possible: false },
    steps: [{ args: { user } }],
  });
  expect(plan.facts).toEqual([
    { name: 'account', value: 'role user, can sign in', material: true },
    { name: 'failed attempts', value: '5', material: false },
    { name: 'locked until', value: '2023-11-14T22:14:20.000Z', material: false },
    { name: 'person in Slack', value: 'U07JANE0001', material: true },
  ]);
  expect(lockoutClear.about?.({ user }, plan)).toEqual(['U07JANE0001']);
  expect(plan.riskReasons).toHaveLength(1);
  expect(done).toEqual([]);
  jane.role = 'admin';
  const other = await planOf(lockoutClear, { user }, on);
  expect(other.facts[0]).not.toEqual(plan.facts[0]);
  expect(other.riskReasons[1]).toContain('the role admin, the most powerful one');
});

test.each([
  ['who is not there', 'jnae@example.com', {}, {}, /no account jnae@example.com; .* jane@example/],
  ['who is not locked', user, { failedAttempts: 0, lockedUntil: null }, {}, /is not locked/],
  ['whose lockout is over', user, { failedAttempts: 0, lockedUntil: now - 1 }, {}, /is not locked/],
  ['where nobody is locked out', user, {}, { noLockouts: 'it has none' }, /it has none/],
])('somebody %s is refused, and no plan is made', async (_, wanted, account, more, why) => {
  const { on } = system(account, more);
  const verdict = await lockoutClear.precheck({ user: wanted }, on);
  expect(verdict).toMatchObject({ ok: false, checks: [{ seen: expect.stringMatching(why) }] });
  await expect(planOf(lockoutClear, { user: wanted }, on)).rejects.toMatchObject({
    happened: false,
  });
});

test('attempts that failed are cleared before they lock, and where nobody tells of any', async () => {
  for (const account of [
    { failedAttempts: 3, lockedUntil: null },
    { failedAttempts: null, lockedUntil: null },
  ])
    expect((await lockoutClear.precheck({ user }, system(account).on)).ok).toBe(true);
});

test('a system that answers about somebody else is not touched', async () => {
  const { on, done, jane } = system();
  jane.user = 'mary@example.com';
  await expect(planOf(lockoutClear, { user }, on)).rejects.toThrow(/another account/);
  expect(done).toEqual([]);
});

test('it is proved by the account being locked no more', async () => {
  const { on, done, jane } = system();
  const plan = await planOf(lockoutClear, { user }, on);
  expect((await lockoutClear.verify(plan, on)).ok).toBe(false);
  expect(await doIt(lockoutClear, plan, on)).toMatchObject({ kind: 'done' });
  expect(done).toEqual([user]);
  expect((await lockoutClear.verify(plan, on)).ok).toBe(true);
  jane.failedAttempts = 1; // somebody has mistyped it again
  expect((await lockoutClear.verify(plan, on)).ok).toBe(true);
});

test('after a crash a look tells whether it has happened, where that can be told', async () => {
  const { on } = system();
  const plan = await planOf(lockoutClear, { user }, on);
  expect(await lookAgain(lockoutClear, plan, on)).toMatchObject({ kind: 'unknown' });
  await doIt(lockoutClear, plan, on);
  expect(await lookAgain(lockoutClear, plan, on)).toMatchObject({ kind: 'done' });
  const gone = system({}, { find: async () => null });
  expect(await lookAgain(lockoutClear, plan, gone.on)).toMatchObject({ kind: 'unknown' });
  expect((await lockoutClear.verify(plan, gone.on)).ok).toBe(false);
});
