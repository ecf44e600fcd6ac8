import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { findRedis } from '../../demo/redis-server.ts';
import { type RunningDemo, runDemo } from '../support/demo.ts';

let demo: RunningDemo | null = null;

afterEach(async () => {
  await demo?.stop();
  demo = null;
});

const redisSection = ({ config }: RunningDemo) => /redis:\/\//.test(readFileSync(config, 'utf8'));

test('where redis-server is missing, the demo does without and its catalogue names none', async () => {
  demo = await runDemo({ env: { PATH: '' } });
  expect(redisSection(demo)).toBe(false);
  expect((await demo.ask('rms-auth', '/api/health')).json.dependencies.redis).toBe('not used');
  const body = { email: 'smoke@example.com', password: 'smoke' };
  expect((await demo.ask('rms-auth', '/api/login', { method: 'POST', body })).status).toBe(200);
});

describe.skipIf(!findRedis())('where redis-server is installed', () => {
  test('rms-auth says when its Redis is gone, refuses logins, and recovers with it', async () => {
    demo = await runDemo();
    const { ask, data } = demo;
    expect(redisSection(demo)).toBe(true);
    const env = { ...process.env, DEMO_DATA: data };
    const script = join(import.meta.dirname, '../../demo/break.ts');
    const runScript = (...words: string[]) =>
      promisify(execFile)(process.execPath, [script, ...words], { env });
    const body = { email: 'smoke@example.com', password: 'smoke' };
    const login = async () =>
      (await ask('rms-auth', '/api/login', { method: 'POST', body })).status;

    expect(await login()).toBe(200);
    expect((await runScript('down', 'redis')).stdout).toBe('redis is down.\n');
    expect(await ask('rms-auth', '/api/health')).toMatchObject({
      status: 503,
      json: { status: 'unhealthy', dependencies: { redis: 'down' } },
    });
    expect((await ask('rms-auth', '/health')).status).toBe(200);
    expect(await login()).toBe(500);
    const log = readFileSync(join(data, 'systems/rms-auth/log/rms-auth.log'), 'utf8');
    expect(log).toMatch(/"level":"ERROR".*ECONNREFUSED/);

    expect((await runScript('start', 'redis')).stdout).toBe('redis is up.\n');
    expect((await ask('rms-auth', '/api/health')).status).toBe(200);
    expect(await login()).toBe(200);
  });

  test('a profile is shown as it was a moment ago until its cache is cleared', async () => {
    demo = await runDemo();
    const { ask, admin, data } = demo;
    const email = 'user-1@example.com';
    const body = { email, password: 'user-1' };
    const { json } = await ask('rms-auth', '/api/login', { method: 'POST', body });
    const roleNow = async () =>
      (await ask('rms-auth', '/api/profile', { bearer: json.access_token })).json.role;
    expect(await roleNow()).toBe('user');
    await admin('rms-auth', 'POST', `/admin/users/${email}/role`, { role: 'readonly' });
    expect(await roleNow()).toBe('user');
    const { redis: port } = JSON.parse(readFileSync(join(data, 'ports.json'), 'utf8'));
    const client = new Redis(port, '127.0.0.1');
    expect(await client.unlink(`cache:profile:${email}`)).toBe(1);
    client.disconnect();
    expect(await roleNow()).toBe('readonly');
    await admin('rms-auth', 'POST', `/admin/users/${email}/disable`);
    expect((await ask('rms-auth', '/api/profile', { bearer: json.access_token })).status).toBe(401);
  });

  test('redis is neither slowed nor healed', async () => {
    const script = join(import.meta.dirname, '../../demo/break.ts');
    const ran = promisify(execFile)(process.execPath, [script, 'slow', 'redis']);
    await expect(ran).rejects.toThrow('redis only goes down and starts.');
  });
});
