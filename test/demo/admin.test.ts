import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningDemo, runDemo } from '../support/demo.ts';

let demo: RunningDemo;

beforeAll(async () => {
  demo = await runDemo();
});

afterAll(() => demo.stop());

const system = 'security-platform';
const profile = '/api/v1/auth/me';
const admin = (method: string, path: string, body?: object) =>
  demo.admin(system, method, path, body);

async function logIn(email: string, on = system): Promise<{ access: string; refresh: string }> {
  const path = on === 'rms-auth' ? '/api/login' : '/api/v1/auth/login';
  const body = { email, password: email.split('@')[0] };
  const { json } = await demo.ask(on, path, { method: 'POST', body });
  return { access: json.access_token, refresh: json.refresh_token };
}

const statusWith = async (bearer: string) => (await demo.ask(system, profile, { bearer })).status;

test.each([
  ['GET', '/admin/sessions'],
  ['GET', '/admin/users'],
  ['POST', '/admin/keys/rotate'],
  ['PUT', '/admin/deny/192.0.2.1'],
  ['PUT', '/admin/faults'],
])('%s %s needs the token of this system', async (method, path) => {
  const body = method === 'GET' ? {} : { body: {} };
  expect((await demo.ask(system, path, { method, ...body })).status).toBe(401);
  expect((await demo.ask(system, path, { method, ...body, bearer: 'guess' })).status).toBe(401);
});

describe.each(['rms-auth', system])('sessions of %s', (on) => {
  test('are listed without their tokens, and revoked for one person or for all', async () => {
    const one = await logIn('user-38@example.com', on);
    expect(one.access).toBeUndefined(); // this account was never verified
    await logIn('admin-1@example.com', on);
    await logIn('admin-2@example.com', on);
    const listed = await demo.admin(on, 'GET', '/admin/sessions?user=admin-1@example.com');
    expect(listed.json).toEqual({
      count: 1,
      sessions: [
        {
          id: expect.any(String),
          user: 'admin-1@example.com',
          address: '127.0.0.1',
          started_at: expect.any(String),
          expires_at: expect.any(String),
        },
      ],
    });
    const revoke = (body: object) => demo.admin(on, 'POST', '/admin/sessions/revoke', body);
    expect((await revoke({ user: 'admin-1@example.com' })).json).toEqual({ revoked: 1 });
    expect((await revoke({ user: 'admin-1@example.com' })).json).toEqual({ revoked: 0 });
    expect((await revoke({})).status).toBe(400);
    expect((await revoke({ all: true })).json.revoked).toBeGreaterThan(0);
    const left = await demo.admin(on, 'GET', '/admin/sessions?user=admin-2@example.com');
    expect(left.json.count).toBe(0);
  });
});

test('a token stops working when its session is revoked', async () => {
  const { access, refresh } = await logIn('admin-1@example.com');
  expect(await statusWith(access)).toBe(200);
  await admin('POST', '/admin/sessions/revoke', { user: 'admin-1@example.com' });
  expect(await statusWith(access)).toBe(401);
  const body = { refresh_token: refresh };
  const again = await demo.ask(system, '/api/v1/auth/refresh', { method: 'POST', body });
  expect(again.status).toBe(401);
});

describe('keys', () => {
  const kids = async () => {
    const { json } = await demo.ask(system, '/.well-known/jwks.json');
    return json.keys.map(({ kid }: { kid: string }) => kid);
  };

  test('a graceful rotation accepts the old key for a while, and needs no body', async () => {
    const [before] = await kids();
    const { access } = await logIn('admin-2@example.com');
    const { json } = await admin('POST', '/admin/keys/rotate');
    expect(json.mode).toBe('graceful');
    expect(await kids()).toEqual([json.kid, before]);
    expect(await statusWith(access)).toBe(200);
  });

  test('a rotation that says now voids every token of the old keys', async () => {
    const { access } = await logIn('admin-2@example.com');
    const { json } = await admin('POST', '/admin/keys/rotate', { mode: 'now' });
    expect(await kids()).toEqual([json.kid]);
    expect(await statusWith(access)).toBe(401);
    expect(await statusWith((await logIn('admin-2@example.com')).access)).toBe(200);
  });
});

describe('accounts', () => {
  const email = 'user-7@example.com';

  test('one that is disabled cannot log in or refresh, and can again when enabled', async () => {
    const { access, refresh } = await logIn(email);
    expect((await admin('POST', `/admin/users/${email}/disable`)).json.enabled).toBe(false);
    expect((await logIn(email)).access).toBeUndefined();
    expect(await statusWith(access)).toBe(401);
    const body = { refresh_token: refresh };
    const again = await demo.ask(system, '/api/v1/auth/refresh', { method: 'POST', body });
    expect(again.status).toBe(401);
    await admin('POST', `/admin/users/${email}/enable`);
    expect((await logIn(email)).access).toBeDefined();
  });

  test('a new one must choose a password first, and none is made twice', async () => {
    const body = { email: 'new@example.com', role: 'user' };
    expect((await admin('POST', '/admin/users', body)).status).toBe(201);
    expect((await admin('POST', '/admin/users', body)).status).toBe(409);
    expect((await admin('POST', '/admin/users', { ...body, role: 'king' })).status).toBe(400);
    expect((await logIn('new@example.com')).access).toBeUndefined();
    expect((await admin('GET', '/admin/users/new@example.com')).json).toMatchObject({
      must_reset_password: true,
      last_login: null,
    });
  });

  test('inactive ones are listed with their last login', async () => {
    const { json } = await admin('GET', '/admin/users/inactive?days=60');
    expect(json.users).toContainEqual(
      expect.objectContaining({ email: 'user-40@example.com', last_login: expect.any(Number) }),
    );
  });

  test('one that does not exist is a 404', async () => {
    expect((await admin('POST', '/admin/users/nobody@example.com/disable')).status).toBe(404);
  });
});

describe('the deny list', () => {
  const from = '203.0.113.77';
  const statusFrom = async (address: string) =>
    (await demo.ask(system, '/health', { from: address })).status;

  test('an address on it gets 403, others do not, and it can be taken off', async () => {
    const body = { seconds: 600, reason: 'guesses passwords' };
    expect((await admin('PUT', `/admin/deny/${from}`, body)).json).toEqual({
      address: from,
      until: expect.any(String),
      reason: 'guesses passwords',
    });
    expect(await statusFrom(from)).toBe(403);
    expect(await statusFrom('203.0.113.78')).toBe(200);
    expect((await admin('GET', '/admin/deny')).json.count).toBe(1);
    expect((await admin('DELETE', `/admin/deny/${from}`)).status).toBe(200);
    expect((await admin('DELETE', `/admin/deny/${from}`)).status).toBe(404);
    expect(await statusFrom(from)).toBe(200);
  });

  test('a prefix covers its addresses, of either family', async () => {
    for (const prefix of ['198.51.100.128/25', '2001:db8::/32']) {
      await admin('PUT', `/admin/deny/${encodeURIComponent(prefix)}`, { reason: 'a network' });
    }
    expect(await statusFrom('198.51.100.200')).toBe(403);
    expect(await statusFrom('198.51.100.20')).toBe(200);
    expect(await statusFrom('2001:db8::1')).toBe(403);
  });

  test.each(['203.0.113.300', 'localhost', '203.0.113.7/33', '203.0.113.7/0', '1.2.3.4/8/8'])(
    '%s is refused',
    async (address) => {
      const path = `/admin/deny/${encodeURIComponent(address)}`;
      expect((await admin('PUT', path, { reason: 'x' })).status).toBe(400);
    },
  );
});

test('a tighter rate limit refuses an address that asks too often, and no other', async () => {
  const body = { preset: 'emergency', seconds: 60 };
  expect((await admin('PUT', '/admin/rate-limit', body)).json).toMatchObject({
    preset: 'emergency',
    per_ip_per_minute: 20,
    until: expect.any(String),
  });
  const from = '198.51.100.99';
  const asked = Array.from({ length: 60 }, () => demo.ask(system, '/health', { from }));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(20);
  expect((await demo.ask(system, '/health', { from: '198.51.100.98' })).status).toBe(200);
  await admin('PUT', '/admin/rate-limit', { preset: 'normal' });
  expect((await admin('GET', '/admin/rate-limit')).json).toEqual({
    preset: 'normal',
    per_ip_per_minute: 100,
    until: null,
  });
});

test('maintenance answers 503 with its message, and health goes on', async () => {
  const body = { on: true, message: 'Back at noon.', seconds: 60 };
  expect((await admin('PUT', '/admin/maintenance', body)).json).toMatchObject({ on: true });
  const closed = await demo.ask(system, '/.well-known/jwks.json');
  expect(closed).toMatchObject({ status: 503, json: { error: 'Back at noon.' } });
  expect(closed.headers.get('retry-after')).toBe('60');
  expect((await demo.ask(system, '/health')).status).toBe(200);
  await admin('PUT', '/admin/maintenance', { on: false });
  expect((await demo.ask(system, '/.well-known/jwks.json')).status).toBe(200);
});

test.each([
  ['POST', '/admin/threat-intel/update', { version: 2 }],
  ['GET', '/admin/security/encryption-status', { encryption_enabled: true }],
  ['GET', '/admin/security/weak-passwords', { weak_passwords: [{ strength: 35 }, {}, {}] }],
])('%s %s answers as runbook 003 expects', async (method, path, body) => {
  expect((await admin(method, path)).json).toMatchObject(body);
});
