import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningDemo, runDemo } from '../support/demo.ts';

let demo: RunningDemo;

beforeAll(async () => {
  demo = await runDemo();
});

afterAll(() => demo.stop());

const script = join(import.meta.dirname, '../../demo/break.ts');

/** Runs the script as `npm run demo -- …` does; answers with its exit code and what it said. */
async function runScript(words: string[], data = demo.data) {
  const env = { ...process.env, DEMO_DATA: data };
  const ran = promisify(execFile)(process.execPath, [script, ...words], { env });
  const { code, stdout, stderr } = await ran.then(
    (said) => ({ code: 0, ...said }),
    (error) => error,
  );
  return { code, said: `${stdout}${stderr}`.trim().split('\n')[0] };
}

const health = async (system: string, path = '/health') => (await demo.ask(system, path)).status;

test('a system that is taken down is down until it is started', async () => {
  expect(await runScript(['down', 'rust-auth'])).toEqual({ code: 0, said: 'rust-auth is down.' });
  await expect(health('rust-auth')).rejects.toThrow();
  expect((await runScript(['slow', 'rust-auth'])).said).toBe(
    'rust-auth does not answer: it is down. Start it first.',
  );
  expect((await runScript(['down', 'rust-auth'])).said).toBe('rust-auth was down already.');
  expect((await runScript(['start', 'rust-auth'])).said).toBe('rust-auth is up.');
  expect(await health('rust-auth')).toBe(200);
  expect((await runScript(['start', 'rust-auth'])).said).toBe('rust-auth runs already.');
});

test('errors are 500 for people and 503 for health checks, until it is healed', async () => {
  await runScript(['errors', 'enterprise-auth']);
  const ready = await demo.ask('enterprise-auth', '/health/ready');
  expect(ready).toMatchObject({ status: 503, json: { status: 'unhealthy' } });
  const body = { email: 'smoke@example.com', password: 'smoke' };
  const login = { method: 'POST', body };
  expect((await demo.ask('enterprise-auth', '/api/v1/auth/login', login)).status).toBe(500);
  expect((await demo.ask('enterprise-auth', '/metrics')).status).toBe(200);
  expect((await runScript(['heal', 'enterprise-auth'])).said).toBe('enterprise-auth is well.');
  expect(await health('enterprise-auth', '/health/ready')).toBe(200);
});

test('slowness and errors are gone after a restart, a spike is not', async () => {
  const faults = async () => (await demo.admin('rms-auth', 'GET', '/admin/faults')).json;
  for (const verb of ['slow', 'errors', 'spike']) await runScript([verb, 'rms-auth']);
  const spike = { address: '203.0.113.66', perSecond: 25 };
  expect(await faults()).toEqual({ slow: 3000, failing: 1, spike });
  for (const verb of ['down', 'start']) await runScript([verb, 'rms-auth']);
  expect(await faults()).toEqual({ slow: 0, failing: 0, spike });
  await runScript(['heal', 'rms-auth']);
  expect(await faults()).toEqual({ slow: 0, failing: 0, spike: null });
});

test('a slow system answers after a while, and its admin API at once', async () => {
  await demo.admin('identity-platform', 'PUT', '/admin/faults', { slow: 1100 });
  const order: string[] = [];
  await Promise.all([
    health('identity-platform', '/api/v1/health').then(() => order.push('health')),
    demo.admin('identity-platform', 'GET', '/admin/faults').then(() => order.push('admin')),
  ]);
  expect(order).toEqual(['admin', 'health']);
  await demo.admin('identity-platform', 'PUT', '/admin/faults', { slow: 0 });
});

test('a spike shows as failures of one address, until that address is blocked', async () => {
  const metric = async (name: string) => {
    const { text } = await demo.ask('identity-platform', '/metrics');
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  };
  const failed = () => metric('auth_logins_total\\{result="failure"\\}');
  const denied = () => metric('denied_total');
  await runScript(['spike', 'identity-platform']);
  await expect.poll(failed).toBeGreaterThan(40);
  const body = { reason: 'guesses passwords' };
  await demo.admin('identity-platform', 'PUT', '/admin/deny/203.0.113.66', body);
  await expect.poll(denied).toBeGreaterThan(5);
  const [failures, refusals] = [await failed(), await denied()];
  await expect.poll(denied).toBeGreaterThan(refusals + 20);
  expect((await failed()) - failures).toBeLessThan(10);
});

test('one copy can be taken down by its name, and only one that there is', async () => {
  expect((await runScript(['down', 'rms-auth', 'api-2'])).said).toBe(
    'rms-auth has no copy called api-2: it has api.',
  );
  expect(await health('rms-auth')).toBe(200);
  expect(await runScript(['down', 'rms-auth', 'api'])).toEqual({
    code: 0,
    said: 'api of rms-auth is down.',
  });
  await expect(health('rms-auth')).rejects.toThrow();
  expect((await runScript(['start', 'rms-auth'])).said).toBe('rms-auth is up.');
});

test('list shows every system and what is broken', async () => {
  await runScript(['errors', 'security-platform']);
  const env = { ...process.env, DEMO_DATA: demo.data };
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'list'], { env });
  expect(stdout.trim().split('\n')).toHaveLength(5);
  expect(stdout).toMatch(/^security-platform {2}up {4}2\.0\.0 .*, broken: errors$/m);
});

test.each(['help', '--help', '-h'])('%s shows what can be done', async (word) => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, word]);
  expect(stdout).toMatch(/^npm run demo -- VERB SYSTEM\n.*spike.*identity-platform/s);
});

describe('misuse is answered with a sentence', () => {
  test.each([
    [[], 'Say what to do.'],
    [['explode', 'rms-auth'], 'There is no verb explode.'],
    [['constructor', 'rms-auth'], 'There is no verb constructor.'],
    [['down'], 'down needs the name of a system.'],
    [['down', 'rms'], 'There is no system called rms.'],
    [['slow', 'rms-auth', 'api'], 'That is one word too many: name one system.'],
    [['down', 'rms-auth', 'api', 'now'], 'That is one word too many: name one system.'],
    [['list', 'rms-auth'], 'list takes no system: it shows them all.'],
  ])('%j', async (words, said) => {
    expect(await runScript(words)).toEqual({ code: 2, said });
  });

  test('also when no demo runs', async () => {
    expect(await runScript(['list'], join(demo.data, 'nowhere'))).toEqual({
      code: 1,
      said: `No demo runs in ${join(demo.data, 'nowhere')}. Start it with npm start, or say where it is in DEMO_DATA.`,
    });
  });
});
