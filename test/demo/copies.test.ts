import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIdentity } from '../../src/targets/process/start-identity.ts';
import { type DemoRequest, endMain, type RunningDemo, runDemo } from '../support/demo.ts';
import { demoDriver } from '../support/demo-driver.ts';
import { listenersAt, listenersKnown, thisMachine } from '../support/listeners.ts';
import { askSteadily } from '../support/steady-client.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;
const system = 'security-platform';
const login = '/api/v1/auth/login';
const profile = '/api/v1/auth/me';
const copies = ['api', 'api-2', 'api-3'];

let demo: RunningDemo;
let driver: Awaited<ReturnType<typeof demoDriver>>;

beforeAll(async () => {
  demo = await runDemo();
  driver = await demoDriver(demo, system);
  await driver.replicas.scale(3, 1, never);
});
afterAll(() => demo.stop());

const at = (copy: string, path: string) => `/_copies/${copy}${path}`;
const ask = (copy: string, path: string, request?: DemoRequest) =>
  demo.ask(system, at(copy, path), request);
const admin = (copy: string, method: string, path: string, body?: object) =>
  demo.admin(system, method, at(copy, path), body);
/** What each copy answers to the same question. */
const each = async <T>(look: (copy: string) => Promise<T>): Promise<T[]> =>
  Promise.all(copies.map(look));
const pidOf = (copy: string): number =>
  JSON.parse(readFileSync(join(demo.data, 'systems', system, 'run', `${copy}.json`), 'utf8')).pid;
const signIn = (copy: string, name: string, password = name) =>
  ask(copy, login, { method: 'POST', body: { email: `${name}@example.com`, password } });
const address = () =>
  `http://127.0.0.1:${JSON.parse(readFileSync(join(demo.data, 'ports.json'), 'utf8'))[system]}`;
const smoke = { email: 'smoke@example.com', password: 'smoke' };
const steadily = () =>
  askSteadily(`${address()}/health`, { url: `${address()}${login}`, body: smoke });

describe('what one copy is told, all of them know', () => {
  test('an account, and that it may not sign in', async () => {
    const role = { role: 'readonly' };
    await admin('api', 'POST', '/admin/users', { email: 'new@example.com', ...role });
    await admin('api-2', 'POST', '/admin/users/new@example.com/disable');
    const seen = await each((copy) => admin(copy, 'GET', '/admin/users/new@example.com'));
    expect(seen.map(({ json }) => json.enabled)).toEqual([false, false, false]);
    const again = await admin('api-3', 'POST', '/admin/users', {
      email: 'new@example.com',
      ...role,
    });
    expect(again.status).toBe(409);
  });

  test('who is signed in, and who is not any more', async () => {
    const { json } = await signIn('api', 'user-1');
    const bearer = json.access_token;
    const allowed = async () =>
      (await each((copy) => ask(copy, profile, { bearer }))).map(({ status }) => status);
    expect(await allowed()).toEqual([200, 200, 200]);
    await admin('api-3', 'POST', '/admin/sessions/revoke', { user: 'user-1@example.com' });
    expect(await allowed()).toEqual([401, 401, 401]);
  });

  test('with which key is signed, and which one counts no more', async () => {
    const { json } = await signIn('api-2', 'user-2');
    await admin('api-3', 'POST', '/admin/keys/rotate', { mode: 'now' });
    const bearer = json.access_token;
    const seen = await each(async (copy) => ({
      keys: (await ask(copy, '/.well-known/jwks.json')).text,
      status: (await ask(copy, profile, { bearer })).status,
    }));
    expect(new Set(seen.map(({ keys }) => keys)).size).toBe(1);
    expect(seen.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  test('who is refused', async () => {
    const path = '/admin/deny/203.0.113.99';
    const from = '203.0.113.99';
    const seen = async () =>
      (await each((copy) => ask(copy, '/health', { from }))).map((one) => one.status);
    await admin('api-2', 'PUT', path, { reason: 'a test' });
    expect(await seen()).toEqual([403, 403, 403]);
    await admin('api', 'DELETE', path);
    expect(await seen()).toEqual([200, 200, 200]);
  });

  test('that it is being maintained', async () => {
    const jwks = async () =>
      (await each((copy) => ask(copy, '/.well-known/jwks.json'))).map(({ status }) => status);
    await admin('api-3', 'PUT', '/admin/maintenance', { on: true, message: 'Back at noon.' });
    expect(await jwks()).toEqual([503, 503, 503]);
    await admin('api', 'PUT', '/admin/maintenance', { on: false });
    expect(await jwks()).toEqual([200, 200, 200]);
  });

  test('how often an address may ask, and how often it has asked the others', async () => {
    await admin('api', 'PUT', '/admin/rate-limit', { preset: 'emergency' });
    const from = '203.0.113.44';
    const minute = Math.floor(Date.now() / 60_000);
    const statuses: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      statuses.push((await ask(copies[turn % 3] ?? '', '/health', { from })).status);
    }
    await admin('api-2', 'PUT', '/admin/rate-limit', { preset: 'normal' });
    // Twenty in a minute, or in the two that the test has seen.
    const allowed = statuses.filter((status) => status === 200).length;
    if (Math.floor(Date.now() / 60_000) === minute) expect(allowed).toBe(20);
    else expect(allowed).toBeLessThanOrEqual(30);
  });

  test('how many wrong passwords there were: five lock the account, wherever they were tried', async () => {
    for (const copy of ['api', 'api-2', 'api-3', 'api', 'api-2']) {
      expect((await signIn(copy, 'user-3', 'wrong')).status).toBe(401);
    }
    expect((await each((copy) => signIn(copy, 'user-3'))).map(({ status }) => status)).toEqual([
      401, 401, 401,
    ]);
    await admin('api-3', 'POST', '/admin/lockouts/clear', { user: 'user-3@example.com' });
    expect((await signIn('api', 'user-3')).status).toBe(200);
  });

  test('where failed logins come from', async () => {
    const from = '198.51.100.99';
    const wrong = { method: 'POST', from, body: { email: 'nobody@example.com', password: 'x' } };
    for (const copy of copies) await ask(copy, login, wrong);
    const seen = await each((copy) => ask(copy, '/security/threats/metrics'));
    for (const { json } of seen) {
      expect(json.failed_logins.by_source).toContainEqual({ source_ip: from, count: 3 });
    }
  });

  test('what is done at the same time at all of them is all done', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `many-${index}@example.com`);
    const made = await Promise.all(
      names.map((email, index) =>
        admin(copies[index % 3] ?? '', 'POST', '/admin/users', { email, role: 'user' }),
      ),
    );
    expect(made.filter(({ status }) => status !== 201)).toEqual([]);
    const { json } = await admin('api', 'GET', '/admin/users?prefix=many-');
    expect(json.count).toBe(60);
  });
});

test('all copies misbehave when they are told to, and each that is restarted does not', async () => {
  await admin('api', 'PUT', '/admin/faults', { failing: 1 });
  const health = async () =>
    (await each((copy) => ask(copy, '/health'))).map(({ status }) => status);
  expect(await health()).toEqual([503, 503, 503]);
  const [, second] = await driver.instances.instances(never);
  await driver.lifecycle.restart('api-2', second?.startedAt ?? null, never);
  expect(await health()).toEqual([503, 200, 503]);
  await admin('api-2', 'PUT', '/admin/faults', { spike: null });
  expect(await health()).toEqual([503, 200, 503]);
  await admin('api-2', 'PUT', '/admin/faults', { failing: 0 });
  expect(await health()).toEqual([200, 200, 200]);
});

test('restarted one after the other, whoever asks meanwhile is answered', async () => {
  const client = steadily();
  for (const { id, startedAt } of await driver.instances.instances(never)) {
    await driver.lifecycle.restart(id, startedAt, never);
  }
  expect(await client.stop()).toEqual([]);
  expect(client.answered()).toBeGreaterThan(30);
});

test('a copy that ends answers what it was asked before', async () => {
  await admin('api', 'PUT', '/admin/faults', { slow: 1_000 });
  const underWay = async () =>
    Number(/^http_requests_under_way (\d+)$/m.exec((await ask('api-3', '/metrics')).text)?.[1]);
  /** Asks all of them, and sees that the third is at it; again when a busy machine has missed that second. */
  const asked = async (): Promise<Promise<number>[]> => {
    const answers = copies.map(async (copy) => (await ask(copy, '/health')).status);
    let open = true;
    void Promise.all(answers).finally(() => {
      open = false;
    });
    while (open) if ((await underWay()) > 1) return answers; // one of them is this question
    return asked();
  };
  const answers = await asked();
  process.kill(pidOf('api-3'), 'SIGTERM');
  expect(await Promise.all(answers)).toEqual([200, 200, 200]);
  await expect.poll(() => startIdentity(pidOf('api-3'))).toBeNull();
  await admin('api', 'PUT', '/admin/faults', { slow: 0 });
  await driver.lifecycle.restart('api-3', null, never);
});

test('one that is killed is asked no more, and the others answer', async () => {
  process.kill(pidOf('api-2'), 'SIGKILL');
  await expect.poll(() => startIdentity(pidOf('api-2'))).toBeNull();
  const statuses = await Promise.all(
    Array.from({ length: 30 }, async () => (await demo.ask(system, '/health')).status),
  );
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  await expect(ask('api-2', '/health')).rejects.toThrow();
  const [probe] = driver.probes.list();
  expect(await probe?.run(never)).toMatchObject({
    health: 'degraded',
    detail: expect.stringMatching(/^2 of 3 ready, release 2\.0\.0, api-2 does not run$/),
  });
});

test('who does not know the token of the system answers nobody in its place', async () => {
  const ports = JSON.parse(readFileSync(join(demo.data, 'ports.json'), 'utf8'));
  const words = [
    { join: { system, copy: 'api-9', token: 'guessed', port: 1 } },
    { join: { system: 'nobody', copy: 'api', token: '', port: 1 } },
    { leave: true },
    'nonsense',
    { join: null },
    { join: 'me' },
  ];
  for (const word of words) {
    const socket = createConnection({ host: '127.0.0.1', port: ports.front });
    socket.on('error', () => {});
    socket.end(`${JSON.stringify(word)}\n{"join":`);
    await new Promise((done) => socket.once('close', done));
  }
  await expect(demo.ask(system, at('api-9', '/health'))).rejects.toThrow();
  expect((await demo.ask(system, '/health')).status).toBe(200);
});

test.skipIf(!listenersKnown)('nobody outside of this machine reaches a copy', async () => {
  const started = readFileSync(join(demo.data, 'systems', system, 'log', `${system}.log`), 'utf8')
    .split('\n')
    .filter((line) => line.includes('service_started'));
  const found = started.flatMap((line) => listenersAt(JSON.parse(line).port));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((one) => !thisMachine.includes(one))).toEqual([]);
});

test('the number of copies and what they know outlive the demo', async () => {
  const folder = tempFolder();
  const first = await runDemo({ data: folder.path });
  const { replicas } = await demoDriver(first, 'rust-auth');
  await replicas.scale(2, 1, never);
  await first.admin('rust-auth', 'POST', '/admin/users/user-3@example.com/disable');
  await endMain(first.main);
  const second = await runDemo({ data: folder.path });
  const again = await demoDriver(second, 'rust-auth');
  expect(await again.replicas.read(never)).toEqual({ wanted: 2, ready: 2, most: 5 });
  const path = at('api-2', '/admin/users/user-3@example.com');
  expect((await second.admin('rust-auth', 'GET', path)).json.enabled).toBe(false);
  await second.stop();
  await folder.remove();
});
