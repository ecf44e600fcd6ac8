import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startIdentity } from '../../src/targets/process/start-identity.ts';
import { process as driver } from '../../src/targets/process.ts';
import { instancesContract } from '../contracts/instances.ts';
import { logsContract } from '../contracts/logs.ts';
import { releasesContract } from '../contracts/releases.ts';

const clock = { now: () => 0, monotonic: () => 0 };
const never = new AbortController().signal;
const target = { service: 'rust-auth', env: 'prod' };

let directory: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'process-driver-'));
  for (const folder of ['run', 'releases']) mkdirSync(join(directory, folder));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

async function open(names: string[] = ['api']) {
  const options = driver.options.parse({
    directory,
    instances: names.map((name) => ({ name, command: ['sleep', '60'] })),
    log: join(directory, 'app.log'),
    releases: join(directory, 'releases'),
  });
  const { capabilities } = await driver.open(options, target, { clock });
  return capabilities;
}

const instancesOf = async (names?: string[]) =>
  (await open(names)).instances?.instances(never) ?? expect.fail('no instances');

async function startSleep(): Promise<ChildProcess> {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  return child;
}

function writePidFile(name: string, fields: object) {
  const written = { startedAt: 1000, release: '1.4.2', argv: ['sleep', '60'], ...fields };
  writeFileSync(join(directory, 'run', `${name}.json`), JSON.stringify(written));
}

describe('instances', () => {
  instancesContract(async () => {
    const child = await startSleep();
    writePidFile('api', { pid: child.pid, start: await startIdentity(child.pid ?? 0) });
    const { instances } = await open();
    return {
      instances: instances ?? expect.fail('no instances'),
      kill: async () => {
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    };
  });

  test('a process id that was given to somebody else is down', async () => {
    const { pid } = await startSleep();
    writePidFile('api', { pid, start: '1' });
    expect(await instancesOf()).toMatchObject([{ health: 'down' }]);
  });

  test('a process that was never started is down', async () => {
    expect(await instancesOf()).toMatchObject([{ health: 'down' }]);
  });

  test('a pid file that makes no sense leaves its own instance unknown and hides no other', async () => {
    const { pid } = await startSleep();
    writePidFile('first', { pid, start: await startIdentity(pid ?? 0) });
    writeFileSync(join(directory, 'run', 'second.json'), '{"pid": -1');
    expect(await instancesOf(['first', 'second'])).toMatchObject([
      { id: 'first', health: 'up' },
      { id: 'second', health: 'unknown' },
    ]);
  });
});

describe('releases', () => {
  const folder = () => join(directory, 'releases');
  const release = (id: string, text: string) => {
    mkdirSync(join(folder(), id), { recursive: true });
    writeFileSync(join(folder(), id, 'release.json'), text);
  };
  const releases = async () => (await open()).releases ?? expect.fail('no releases');
  const history = async () => (await releases()).history(never);

  releasesContract(async (has) => {
    rmSync(folder(), { recursive: true });
    mkdirSync(folder());
    for (const { id, at, verified, current } of has) {
      const madeAt = new Date(at ?? 0).toISOString();
      release(id, JSON.stringify({ version: id, madeAt, verified }));
      if (current) symlinkSync(id, join(folder(), 'current'));
    }
    return releases();
  });

  test('one with a broken note is listed last, without a time and unverified', async () => {
    release('2.0.0', 'half a no');
    release('1.0.0', '{"version":"1.0.0","madeAt":"2026-01-01T00:00:00Z","verified":true}');
    expect(await history()).toEqual([
      { id: '1.0.0', at: Date.UTC(2026, 0, 1), current: false, verified: true },
      { id: '2.0.0', at: null, current: false, verified: false },
    ]);
  });

  test('a folder that is not there is a fault that says which', async () => {
    rmSync(join(directory, 'releases'), { recursive: true });
    await expect(history()).rejects.toThrow(`the releases in ${join(directory, 'releases')}`);
  });
});

describe('logs', () => {
  logsContract(async (lines) => {
    writeFileSync(join(directory, 'app.log'), `${lines.join('\n')}\n`);
    return (await open()).logs ?? expect.fail('no logs');
  });
});

describe('options', () => {
  const mistakes = (section: object) =>
    driver.options.safeParse(section).error?.issues.map(({ message }) => message);

  test('a path must be absolute, a command must not be empty, names must differ', () => {
    const instance = { name: 'api', command: ['node'] };
    expect(mistakes({ directory: 'systems/api', instances: [instance] })).toEqual([
      'expected a path that starts with /',
    ]);
    expect(mistakes({ directory: '/srv', instances: [{ name: 'api', command: [] }] })).toHaveLength(
      1,
    );
    expect(mistakes({ directory: '/srv', instances: [instance, instance] })).toEqual([
      'two instances have the same name',
    ]);
    expect(mistakes({ directory: '/srv', instances: [{ ...instance, name: '../x' }] })).toEqual([
      'expected a name of lower-case letters, digits and dashes',
    ]);
  });

  test('without a log or releases it does not offer them', async () => {
    const section = { directory, instances: [{ name: 'api', command: ['node'] }] };
    const { capabilities } = await driver.open(driver.options.parse(section), target, { clock });
    expect(Object.keys(capabilities)).toEqual(['instances', 'lifecycle']);
  });

  test('it can be scaled only where the catalogue says how many copies there are', async () => {
    const section = { directory, instances: [{ name: 'api', command: ['node'] }], copies: 1 };
    const { capabilities } = await driver.open(driver.options.parse(section), target, { clock });
    expect(Object.keys(capabilities).sort()).toEqual([
      'instances',
      'lifecycle',
      'probes',
      'replicas',
    ]);
    expect(mistakes({ ...section, copies: 2 })).toEqual(['more copies than there are instances']);
    expect(mistakes({ ...section, copies: 0 })).toHaveLength(1);
  });

  test('an address to be asked whether an instance is ready is one of HTTP, without a password', () => {
    const ready = (url: string) =>
      mistakes({ directory, instances: [{ name: 'api', command: ['node'], ready: url }] });
    expect(ready('http://127.0.0.1:4100/health')).toBeUndefined();
    expect(ready('file:///etc/passwd')).toHaveLength(1);
    expect(ready('http://user:secret@127.0.0.1/')).toEqual([
      'an address must not hold a user name or a password',
    ]);
  });
});
