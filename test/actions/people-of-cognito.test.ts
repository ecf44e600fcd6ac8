import { afterAll, beforeAll, expect, test } from 'vitest';
import { passwordReset } from '../../src/actions/password-reset.ts';
import { sessionsRevokeAll } from '../../src/actions/sessions-revoke-all.ts';
import { userOffboard } from '../../src/actions/user-offboard.ts';
import { userOnboard } from '../../src/actions/user-onboard.ts';
import { userRestore } from '../../src/actions/user-restore.ts';
import { type FakeCognito, startFakeCognito } from '../support/fake-cognito/start.ts';
import { carryOut, fakePeople, planOf, whyNot } from '../support/fake-people.ts';
import { memoryVault } from '../support/memory-vault.ts';
import { type APool, aPool } from '../targets/cognito/a-pool.ts';

let fake: FakeCognito;
let pool: APool;

beforeAll(async () => {
  fake = await startFakeCognito();
  pool = await aPool(fake.endpoint);
});
afterAll(async () => {
  await pool?.close();
  await fake?.stop();
});

const ground = (people: Record<string, string> = {}) => fakePeople({ system: pool.can, people }).on;

test('somebody leaves a user pool and comes back, and nobody else is touched', async () => {
  const [user, other] = [await pool.person(), await pool.person()];
  const on = ground({ [user]: 'U07JANE' });
  const [theirs = '', others = ''] = [await pool.signIn(user), await pool.signIn(other)].map(
    String,
  );

  const plan = await carryOut(userOffboard, { user }, on);
  expect(plan.riskReasons.join('; ')).toMatch(/what outlives it: .*token/i);
  expect(await userOffboard.verify(plan, on)).toMatchObject({ ok: true });
  expect([await pool.signIn(user), await pool.goesOn(theirs)]).toEqual([null, false]);
  expect([await pool.signIn(other), await pool.goesOn(others)]).toEqual([expect.any(String), true]);

  const back = await carryOut(userRestore, { user }, on);
  expect(await userRestore.verify(back, on)).toMatchObject({ ok: true });
  expect(await pool.signIn(user)).not.toBeNull();
});

test('the last administrator of a user pool stays', async () => {
  const admin = await pool.person(['admin']);
  const on = ground();
  expect(await whyNot(userOffboard, { user: admin }, on)).toContain('last administrator');
  await pool.person(['admin']);
  expect(await planOf(userOffboard, { user: admin }, on)).toMatchObject({ risk: 'destructive' });
});

test('a new account chooses its own password, and a reset one another', async () => {
  const on = ground();
  const email = pool.nobody();
  const made = await carryOut(userOnboard, { email, role: 'user' }, on);
  expect(await userOnboard.verify(made, on)).toMatchObject({ ok: true });
  expect(await pool.signIn(email)).toBeNull();
  const user = await pool.person();
  const reset = await carryOut(passwordReset, { user }, on);
  expect(await passwordReset.verify(reset, on)).toMatchObject({ ok: true });
  expect(await pool.signIn(user)).toBeNull();
});

test('not everybody can be signed out of a user pool at once, and that is said', async () => {
  const on = { ...ground(), maybe: { vault: memoryVault() } };
  expect(await whyNot(sessionsRevokeAll, {}, on)).toContain('all at once');
});
