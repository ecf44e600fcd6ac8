import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { cognito as driver } from '../../src/targets/cognito.ts';
import { driverContract } from '../contracts/driver.ts';
import { type FakeCognito, startFakeCognito } from '../support/fake-cognito/start.ts';
import { type APool, aPool, section } from './cognito/a-pool.ts';
import { poolContract } from './cognito/pool-contract.ts';

const never = new AbortController().signal;
let fake: FakeCognito;
let pool: APool;

beforeAll(async () => {
  fake = await startFakeCognito();
  pool = await aPool(fake.endpoint);
});
beforeEach(() => {
  fake.fault = () => null;
  fake.asked.length = 0;
});
afterAll(async () => {
  await pool.close();
  await fake.stop();
});

describe('a user pool', () => {
  poolContract(() => fake.endpoint);
});

describe('as a driver', () => {
  driverContract({
    driver,
    section: (port) => section(`http://127.0.0.1:${port}`, 'us-east-1_AbCd12345'),
    reachedThrough: 'Cognito',
  });
});

const times = (operation: string) => fake.asked.filter((one) => one === operation).length;
const on =
  (operation: string, fault: ReturnType<FakeCognito['fault']>): FakeCognito['fault'] =>
  (asked) =>
    asked === operation ? fault : null;

describe('what may be done twice is tried three times, and nothing else', () => {
  test('disabling', async () => {
    const user = await pool.person();
    let failures = 2;
    fake.fault = (operation) =>
      operation === 'AdminDisableUser' && failures-- > 0
        ? { error: 'InternalErrorException', status: 500 }
        : null;
    await pool.can.accounts.disable(user, never);
    expect(times('AdminDisableUser')).toBe(3);
    expect(await pool.can.accounts.find(user, never)).toMatchObject({ enabled: false });
  });

  test.each([
    ['resetting a password, which sends a message', 'AdminResetUserPassword'],
    ['making an account, which sends one too', 'AdminCreateUser'],
  ])('not %s', async (_, operation) => {
    const user = await pool.person();
    fake.asked.length = 0;
    fake.fault = on(operation, { error: 'InternalErrorException', status: 500 });
    const { accounts } = pool.can;
    const work =
      operation === 'AdminCreateUser'
        ? accounts.create(pool.nobody(), 'user', never)
        : accounts.resetPassword(user, never);
    await expect(work).rejects.toMatchObject({ happened: true });
    expect(times(operation)).toBe(1);
  });
});

describe('when Cognito refuses or fails', () => {
  test.each([
    [
      'a missing right',
      { error: 'AccessDeniedException' },
      false,
      /lacks cognito-idp:AdminDisableUser/,
    ],
    [
      'credentials that are not accepted',
      { error: 'UnrecognizedClientException' },
      false,
      /does not accept/,
    ],
    ['an account that has gone', { error: 'UserNotFoundException' }, false, /no such account/],
    ['an error of its own', { error: 'InternalErrorException', status: 500 }, true, /500/],
    ['a connection that ends', 'hang up' as const, true, /closed the connection without/],
  ])('%s is said, and whether anything may have happened', async (_, fault, happened, says) => {
    const user = await pool.person();
    fake.fault = on('AdminDisableUser', fault);
    const error = await pool.can.accounts.disable(user, never).catch((thrown) => thrown);
    expect(error.message).toMatch(says);
    expect(error.happened).toBe(happened);
  });

  test('a refusal after an attempt that was not answered proves nothing', async () => {
    const user = await pool.person();
    let first = true;
    fake.fault = (operation) => {
      if (operation !== 'AdminDisableUser') return null;
      const fault = first
        ? { error: 'InternalErrorException', status: 500, after: true }
        : { error: 'AccessDeniedException' };
      first = false;
      return fault;
    };
    const error = await pool.can.accounts.disable(user, never).catch((thrown) => thrown);
    expect(error).toMatchObject({ happened: true });
    expect(await pool.can.accounts.find(user, never)).toMatchObject({ enabled: false });
  });

  test('no answer in time counts as perhaps done', async () => {
    const user = await pool.person();
    const patience = new AbortController();
    fake.fault = (operation) => {
      if (operation !== 'AdminUserGlobalSignOut') return null;
      patience.abort();
      return 'hang';
    };
    const error = await pool.can.sessions.revoke(user, patience.signal).catch((thrown) => thrown);
    expect(error).toMatchObject({ happened: true, message: 'Cognito gave no answer in time' });
  });

  test('an answer about somebody else is not taken for an answer', async () => {
    const user = await pool.person();
    const [other] = fake.users;
    const Attributes = [{ Name: 'email', Value: other?.email }];
    const says = { Users: [{ Username: other?.username, Enabled: true, Attributes }] };
    fake.fault = on('ListUsers', { says });
    expect(await pool.can.accounts.find(user, never)).toBeNull();
    await expect(pool.can.accounts.disable(user, never)).rejects.toMatchObject({ happened: false });
    expect(times('AdminDisableUser')).toBe(0);
  });

  test('an address with quotation marks is looked for as it is', async () => {
    const user = '"o\\"brien"@example.com';
    await pool.can.accounts.create(user, 'user', never);
    expect(await pool.can.accounts.find(user, never)).toMatchObject({ user, role: 'user' });
    expect(await pool.can.accounts.find(user.replaceAll('"', ''), never)).toBeNull();
  });

  test('a person who cannot be looked up is left alone', async () => {
    const user = await pool.person();
    fake.fault = on('ListUsers', { error: 'InternalErrorException', status: 500 });
    await expect(pool.can.accounts.disable(user, never)).rejects.toMatchObject({ happened: false });
    expect(times('AdminDisableUser')).toBe(0);
  });

  test('two accounts with the same address are none that anything is done to', async () => {
    const user = await pool.person();
    const [own] = fake.users.filter(({ email }) => email === user);
    fake.users.push({ ...(own ?? expect.fail('nobody')), username: 'another' });
    await expect(pool.can.accounts.find(user, never)).rejects.toThrow('2 accounts');
    await expect(pool.can.accounts.disable(user, never)).rejects.toMatchObject({ happened: false });
    expect(times('AdminDisableUser')).toBe(0);
  });

  test('an account that was made without its role is no success', async () => {
    fake.fault = on('AdminAddUserToGroup', { error: 'ResourceNotFoundException' });
    const user = pool.nobody();
    const error = await pool.can.accounts.create(user, 'user', never).catch((thrown) => thrown);
    expect(error.message).toMatch(/was made, but it did not become user: .*no such/);
    expect(error.happened).toBe(true);
    expect(await pool.can.accounts.find(user, never)).toMatchObject({ role: null });
  });

  test('a role that the catalogue does not name makes no account', async () => {
    const making = pool.can.accounts.create(pool.nobody(), 'root', never);
    await expect(making).rejects.toMatchObject({ happened: false });
    expect(times('AdminCreateUser')).toBe(0);
  });
});

test('one half of the credentials is a mistake', () => {
  const { secret_access_key: _, ...half } = section('http://127.0.0.1:9', 'us-east-1_AbCd12345');
  expect(driver.options.safeParse(half).success).toBe(false);
  expect(driver.options.safeParse({ ...half, access_key_id: 'AKIA' }).success).toBe(false);
  expect(driver.options.safeParse({ ...half, secret_access_key: new Secret('x') }).success).toBe(
    true,
  );
});
