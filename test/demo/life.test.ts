import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startIdentity } from '../../src/targets/process/start-identity.ts';
import { process as driver } from '../../src/targets/process.ts';
import { endMain, type RunningDemo, runDemo, startMain } from '../support/demo.ts';
import { listenersAt, listenersKnown, thisMachine } from '../support/listeners.ts';
import { tempFolder } from '../support/temp-folder.ts';

const names = [
  'rms-auth',
  'enterprise-auth',
  'rust-auth',
  'security-platform',
  'identity-platform',
];
const never = new AbortController().signal;

const folders: { remove(): Promise<void> }[] = [];
const running: RunningDemo[] = [];

afterEach(async () => {
  for (const demo of running.splice(0)) await demo.stop();
  for (const folder of folders.splice(0)) await folder.remove();
});

function newFolder(): string {
  const folder = tempFolder();
  folders.push(folder);
  return folder.path;
}

async function run(data: string): Promise<RunningDemo> {
  const demo = await runDemo({ data });
  running.push(demo);
  return demo;
}

const alive = async (pids: readonly number[]) =>
  (await Promise.all(pids.map(startIdentity))).filter((identity) => identity !== null).length;

/** Every process of a demo besides its main one. */
function pidsOf({ data, pid }: RunningDemo): number[] {
  const warden = join(data, 'redis', 'run', 'server.json');
  const all = names.map(pid);
  if (!existsSync(warden)) return all;
  const ofWarden: number = JSON.parse(readFileSync(warden, 'utf8')).pid;
  return [...all, ofWarden, ...childrenOf(ofWarden)];
}

const childrenOf = (pid: number): number[] => {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : [];
};

async function driverOf({ data }: RunningDemo, system: string) {
  const directory = join(data, 'systems', system);
  const section = driver.options.parse({
    directory,
    instances: [{ name: 'api', command: ['node'] }],
    log: join(directory, 'log', `${system}.log`),
    releases: join(directory, 'releases'),
  });
  const clock = { now: () => 0, monotonic: () => 0 };
  const offer = await driver.open(section, { service: system, env: 'prod' }, { clock });
  return offer.capabilities;
}

describe('while it runs', () => {
  let demo: RunningDemo;
  beforeAll(async () => {
    demo = await runDemo();
  });
  afterAll(() => demo.stop());

  test.skipIf(!listenersKnown)('nobody outside of this machine reaches a system of it', () => {
    const ports: Record<string, number> = JSON.parse(
      readFileSync(join(demo.data, 'ports.json'), 'utf8'),
    );
    const at = Object.entries(ports).map(([name, port]) => [name, listenersAt(port)] as const);
    expect(at.filter(([, found]) => found.length > 0).length).toBeGreaterThanOrEqual(names.length);
    expect(at.flatMap(([name, found]) => found.map((one) => [name, one]))).toEqual(
      at.flatMap(([name, found]) => found.map(() => [name, expect.toBeOneOf(thisMachine)])),
    );
  });

  test('the tokens and the state of a system are for its owner alone', () => {
    for (const name of names) {
      for (const file of ['admin.token', 'state.db', 'state.db-wal', 'system.json']) {
        const { mode } = statSync(join(demo.data, 'systems', name, file));
        expect({ name, file, others: mode & 0o077 }).toEqual({ name, file, others: 0 });
      }
    }
  });

  test('a system that is killed by hand is down, stays down, and the others go on', async () => {
    const rust = await driverOf(demo, 'rust-auth');
    expect(await rust.instances?.instances(never)).toEqual([
      { id: 'api', health: 'up', startedAt: expect.any(Number), release: '1.13.2' },
    ]);
    process.kill(demo.pid('rust-auth'), 'SIGKILL');
    await expect
      .poll(() => rust.instances?.instances(never))
      .toEqual([{ id: 'api', health: 'down', startedAt: null, release: null }]);
    await expect(demo.ask('rust-auth', '/health')).rejects.toThrow();
    expect((await demo.ask('security-platform', '/health')).status).toBe(200);
    const security = await driverOf(demo, 'security-platform');
    expect(await security.instances?.instances(never)).toMatchObject([{ health: 'up' }]);
    expect(await rust.instances?.instances(never)).toMatchObject([{ health: 'down' }]);
  });

  test('the driver reads the log and the releases of a system', async () => {
    const body = { email: 'nobody@example.com', password: 'x' };
    const from = '203.0.113.9';
    await demo.ask('security-platform', '/api/v1/auth/login', { method: 'POST', body, from });
    const { logs, releases } = await driverOf(demo, 'security-platform');
    const excerpt = await logs?.read(
      { since: 0, grep: '"SOURCE_IP":"203.0.113.9"', limit: 5 },
      never,
    );
    expect(excerpt).toEqual({
      lines: [expect.stringContaining('authentication_failure')],
      total: 1,
      complete: true,
    });
    const history = (await releases?.history(never)) ?? [];
    expect(history.map(({ id, current, verified }) => [id, current, verified])).toEqual([
      ['2.1.0', false, false],
      ['2.0.0', true, true],
      ['1.9.7', false, true],
    ]);
  });

  test('a second demo in the same folder is refused in one sentence, and the first goes on', async () => {
    const { data } = demo;
    const second = startMain(data);
    let said = '';
    second.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(second, 'close');
    expect(code).toBe(1);
    expect(said).toBe(
      `The demo in ${data} runs already, as process ${demo.main.pid}. End that one first, or name another folder in GATEHOUSE_DATA.\n`,
    );
    expect((await demo.ask('rms-auth', '/health')).status).toBe(200);
  });
});

test('ending the demo ends every process of it, and the next start keeps ports, accounts and deny list', async () => {
  const data = newFolder();
  const first = await run(data);
  await first.admin('rust-auth', 'POST', '/admin/users/user-3@example.com/disable');
  await first.admin('rust-auth', 'PUT', '/admin/deny/203.0.113.9', { reason: 'a test' });
  const ports = readFileSync(join(data, 'ports.json'), 'utf8');
  const pids = pidsOf(first);
  process.kill(first.pid('rust-auth'), 'SIGKILL');
  await endMain(first.main);
  expect(await alive(pids)).toBe(0);

  const second = await run(data);
  expect(readFileSync(join(data, 'ports.json'), 'utf8')).toBe(ports);
  expect(second.pid('rust-auth')).not.toBe(pids[2]);
  expect((await second.ask('rust-auth', '/health', { from: '203.0.113.9' })).status).toBe(403);
  const user = await second.admin('rust-auth', 'GET', '/admin/users/user-3@example.com');
  expect(user.json.enabled).toBe(false);
});

test('a port that somebody else took meanwhile is replaced', async () => {
  const data = newFolder();
  const first = await run(data);
  await endMain(first.main);
  const ports = JSON.parse(readFileSync(join(data, 'ports.json'), 'utf8'));
  const squatter = createServer().listen(ports['rms-auth'], '127.0.0.1');
  await once(squatter, 'listening');
  const second = await run(data);
  expect((await second.ask('rms-auth', '/health')).json.service).toBe('rms-api');
  expect(readFileSync(second.config, 'utf8')).not.toContain(`:${ports['rms-auth']}/`);
  squatter.close();
});

test('when the main process is killed, or the folder removed, every process ends by itself', async () => {
  const [killed, removed] = await Promise.all([run(newFolder()), run(newFolder())]);
  const pids = [killed, removed].flatMap(pidsOf);
  expect(await alive(pids)).toBe(pids.length);
  killed.main.kill('SIGKILL');
  await once(killed.main, 'exit');
  rmSync(removed.data, { recursive: true, maxRetries: 5 }); // they still write there
  await expect.poll(() => alive(pids), { interval: 200 }).toBe(0);
});

test('when whoever started it is gone, it ends itself and its systems', async () => {
  const demo = await run(newFolder());
  const pids = pidsOf(demo);
  demo.main.disconnect();
  await once(demo.main, 'exit');
  expect(await alive(pids)).toBe(0);
});
