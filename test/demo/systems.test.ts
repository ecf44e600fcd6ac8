import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningDemo, runDemo } from '../support/demo.ts';

let demo: RunningDemo;

beforeAll(async () => {
  demo = await runDemo();
});

afterAll(() => demo.stop());

const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('health, as each runbook asks for it', () => {
  test.each([
    ['rms-auth', '/health', { status: 'healthy', service: 'rms-api' }],
    ['rms-auth', '/api/health', { status: 'healthy', dependencies: { cognito: 'up' } }],
    ['enterprise-auth', '/health/ready', { status: 'ready', checks: { database: 'up' } }],
    ['rust-auth', '/health', { status: 'healthy', service: 'auth-service' }],
    ['security-platform', '/api/v1/status', { status: 'healthy', dependencies: { jwks: 'up' } }],
  ])('%s %s', async (system, path, body) => {
    const { status, json } = await demo.ask(system, path);
    expect(status).toBe(200);
    expect(json).toMatchObject(body);
  });

  test('the security platform answers with exactly the fields of its contract', async () => {
    expect((await demo.ask('security-platform', '/health')).json).toEqual({
      status: 'healthy',
      service: 'rust-security-auth-service',
      version: '2.0.0',
      timestamp: iso,
      features: {
        user_registration: true,
        oauth2_flows: true,
        jwt_authentication: true,
        multi_factor_auth: true,
        session_management: true,
      },
    });
  });

  test('the identity platform answers with one word', async () => {
    expect((await demo.ask('identity-platform', '/api/v1/health')).text).toBe('{"status":"ok"}');
    expect((await demo.ask('identity-platform', '/api/v1/ready')).text).toBe('{"status":"ready"}');
  });
});

describe('pages', () => {
  const systems = [
    'rms-auth',
    'enterprise-auth',
    'rust-auth',
    'security-platform',
    'identity-platform',
  ];

  test.each(systems)('%s shows metrics that Prometheus can read', async (system) => {
    const { headers, text } = await demo.ask(system, '/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4');
    const series = text
      .trimEnd()
      .split('\n')
      .filter((line) => !/^# (HELP [a-z_]+ \S.*|TYPE [a-z_]+ (counter|gauge|summary))$/.test(line));
    expect(
      series.filter((line) => !/^[a-z_]+(\{[a-z]+="[^"]*"\})? \d+(\.\d+)?(e-\d+)?$/.test(line)),
    ).toEqual([]);
    for (const name of ['response_time', 'error_rate', 'throughput', 'cache_hit_ratio']) {
      expect(series.some((line) => line.startsWith(name))).toBe(true);
    }
  });

  test.each([
    ['rms-auth', '/.well-known/jwks.json'],
    ['rust-auth', '/jwks.json'],
    ['security-platform', '/.well-known/jwks.json'],
  ])('%s publishes its keys at %s without their private half', async (system, path) => {
    const { json } = await demo.ask(system, path);
    expect(json.keys[0]).toEqual({
      kid: expect.stringMatching(/^key-[0-9a-f]{8}$/),
      kty: 'EC',
      crv: 'P-256',
      x: expect.any(String),
      y: expect.any(String),
      alg: 'ES256',
      use: 'sig',
    });
  });

  test('the security platform shows failed logins by source and the rate limit', async () => {
    const body = { email: 'user-1@example.com', password: 'wrong' };
    const from = '198.51.100.77';
    await demo.ask('security-platform', '/api/v1/auth/login', { method: 'POST', body, from });
    const { json } = await demo.ask('security-platform', '/security/threats/metrics');
    expect(json.rate_limiting).toEqual({
      preset: 'normal',
      per_ip_per_minute: 100,
      triggered_total: 0,
    });
    expect(json.failed_logins.by_source).toContainEqual({ source_ip: from, count: 1 });
  });

  test.each([
    ['/compliance/summary', { frameworks: { soc2: 'compliant' } }],
    ['/compliance/violations', { critical_violations: [] }],
  ])('the security platform answers %s', async (path, body) => {
    expect((await demo.ask('security-platform', path)).json).toMatchObject(body);
  });

  test('what is not there is a 404, and a body that is no object a 400', async () => {
    expect((await demo.ask('rms-auth', '/nothing')).status).toBe(404);
    const login = { method: 'POST', body: ['not', 'fields'] };
    expect((await demo.ask('rms-auth', '/api/login', login)).status).toBe(400);
  });
});

describe('logins', () => {
  const paths = {
    'rms-auth': ['/api/login', '/api/refresh', '/api/profile'],
    'enterprise-auth': ['/api/v1/auth/login', '/api/v1/auth/refresh', '/api/v1/auth/me'],
    'rust-auth': ['/oauth/token', '/oauth/refresh', '/oauth/userinfo'],
    'security-platform': ['/api/v1/auth/login', '/api/v1/auth/refresh', '/api/v1/auth/me'],
    'identity-platform': ['/api/v1/login', '/api/v1/refresh', '/api/v1/me'],
  } as const;

  test.each(Object.entries(paths))(
    '%s: a login gives tokens that work, and can be refreshed',
    async (system, [login, refresh, profile]) => {
      const body = { email: 'smoke@example.com', password: 'smoke' };
      const tokens = (await demo.ask(system, login, { method: 'POST', body })).json;
      const bearer = tokens.access_token;
      expect((await demo.ask(system, profile, { bearer })).json).toEqual({
        email: 'smoke@example.com',
        role: 'readonly',
      });
      const again = { refresh_token: tokens.refresh_token };
      expect((await demo.ask(system, refresh, { method: 'POST', body: again })).status).toBe(200);
      expect((await demo.ask(system, profile, { bearer: `${bearer}x` })).status).toBe(401);
    },
  );

  const logLines = (system: string): Record<string, unknown>[] =>
    readFileSync(join(demo.data, 'systems', system, 'log', `${system}.log`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test.each([
    ['rms-auth', 'eventName', 'SignIn_Failure', 'sourceIPAddress'],
    ['enterprise-auth', 'event', 'SECURITY authentication failed', 'ip'],
    ['rust-auth', 'event', 'authentication_failure', 'client_ip'],
    ['security-platform', 'event', 'authentication_failure', 'source_ip'],
    ['identity-platform', 'event', 'login_failed', 'client_ip'],
  ] as const)(
    '%s logs a failed login in the words of its runbook',
    async (system, event, word, address) => {
      const from = '203.0.113.200';
      const body = { email: 'nobody@example.com', password: 'x' };
      const path = paths[system][0];
      expect((await demo.ask(system, path, { method: 'POST', body, from })).status).toBe(401);
      expect(logLines(system)).toContainEqual(
        expect.objectContaining({
          time: iso,
          level: 'WARN',
          [event]: word,
          [address]: from,
          reason: 'unknown user',
          status: 401,
          request_id: expect.any(String),
        }),
      );
    },
  );

  test('five wrong passwords lock an account, and clearing the lockout opens it again', async () => {
    const email = 'admin-1@example.com';
    const login = (password: string) =>
      demo.ask('identity-platform', '/api/v1/login', { method: 'POST', body: { email, password } });
    for (let attempt = 0; attempt < 5; attempt += 1) await login('wrong');
    expect((await login('admin-1')).status).toBe(401);
    const lockouts = await demo.admin('identity-platform', 'GET', '/admin/lockouts');
    expect(lockouts.json.users).toContainEqual(
      expect.objectContaining({ email, is_verified: true, lockout_until: expect.any(Number) }),
    );
    const cleared = await demo.admin('identity-platform', 'POST', '/admin/lockouts/clear', {
      user: email,
    });
    expect(cleared.json).toMatchObject({ cleared: true, user: { lockout_until: null } });
    expect((await login('admin-1')).status).toBe(200);
  });

  test('people log in by themselves, from addresses reserved for documentation', async () => {
    await expect
      .poll(
        () => logLines('rust-auth').filter(({ event }) => event === 'auth_login_success').length,
      )
      .toBeGreaterThan(3);
    for (const { client_ip: address } of logLines('rust-auth')) {
      if (address) expect(address).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113|127\.0\.0)\./);
    }
  });
});
