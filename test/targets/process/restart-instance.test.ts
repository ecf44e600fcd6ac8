import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findRunning } from '../../../src/targets/process/find-running.ts';
import { restartInstance } from '../../../src/targets/process/restart-instance.ts';
import { startDetached } from '../../../src/targets/process/start-detached.ts';
import { startIdentity } from '../../../src/targets/process/start-identity.ts';
import { lasting, lasts } from '../../support/lasting.ts';
import { patience } from '../../support/patience.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const stubborn = [
  process.execPath,
  '-e',
  `process.on('SIGTERM', () => {}); console.log('ready'); ${lasts}`,
];
const never = new AbortController().signal;
let folder: ReturnType<typeof tempFolder>;
let directory: string;
let file: string;
let now = 1_000;
const clock = { now: () => ++now, monotonic: () => 0 };

beforeEach(() => {
  folder = tempFolder();
  directory = folder.path;
  file = join(directory, 'run', 'api.json');
  mkdirSync(join(directory, 'releases', 'r2'), { recursive: true });
  symlinkSync('r2', join(directory, 'releases', 'current'));
});

afterEach(async () => {
  const running = await findRunning(file);
  if (running) process.kill(running.pid, 'SIGKILL');
  await folder.remove();
});

const start = (argv: string[], as = file) =>
  startDetached({ argv, file: as, release: 'r1', startedAt: clock.now() });

const restart = (startedAt: number | null, command = lasting, signal = never) =>
  restartInstance(
    { directory, instances: [{ name: 'api', command }], releases: join(directory, 'releases') },
    { instance: 'api', startedAt },
    clock,
    signal,
  );

test('a restart ends the old process and starts a new one with the current release', async () => {
  const before = await start(lasting);
  await restart(before.startedAt);
  const after = await findRunning(file);
  expect(after).toMatchObject({ release: 'r2', argv: lasting });
  expect(after?.pid).not.toBe(before.pid);
  expect(after?.startedAt).toBeGreaterThan(before.startedAt);
  expect(await startIdentity(before.pid)).not.toBe(before.start);
});

test('one that does not run is started', async () => {
  await restart(null);
  expect(await findRunning(file)).toMatchObject({ release: 'r2' });
});

test('a process that somebody else has started meanwhile is left alone', async () => {
  const other = await start(lasting);
  await expect(restart(other.startedAt - 1)).rejects.toMatchObject({ happened: false });
  await expect(restart(null)).rejects.toMatchObject({ happened: false });
  expect(await findRunning(file)).toMatchObject({ pid: other.pid });
});

test('a recycled process id is not taken for the old process', async () => {
  const elsewhere = join(directory, 'run', 'other.json');
  const bystander = await start(lasting, elsewhere);
  const written = JSON.parse(readFileSync(elsewhere, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...written, start: '1' }));
  await expect(restart(bystander.startedAt)).rejects.toMatchObject({ happened: false });
  expect(process.kill(bystander.pid, 0)).toBe(true);
  process.kill(bystander.pid, 'SIGKILL');
});

test('an unknown name and a call that was called off change nothing', async () => {
  const before = await start(lasting);
  const options = {
    directory,
    instances: [{ name: 'api', command: lasting }],
    releases: undefined,
  };
  const other = restartInstance(options, { instance: 'sshd', startedAt: null }, clock, never);
  await expect(other).rejects.toMatchObject({
    happened: false,
    message: 'there is no instance called sshd',
  });
  await expect(restart(before.startedAt, lasting, AbortSignal.abort())).rejects.toMatchObject({
    happened: false,
  });
  expect(await findRunning(file)).toMatchObject({ pid: before.pid });
});

test('what ends at once is told, with where its last words are', async () => {
  const before = await start(lasting);
  await expect(restart(before.startedAt, ['/nonexistent/program'])).rejects.toMatchObject({
    happened: true,
  });
  expect(await findRunning(file)).toBeNull();
});

test('a process that does not heed the signal is killed after five seconds', async () => {
  const before = await start(stubborn);
  await printed('ready');
  await restart(before.startedAt);
  expect((await findRunning(file))?.pid).not.toBe(before.pid);
});

test('nothing of the environment of Gatehouse reaches what it starts', async () => {
  process.env.CANARY_TOKEN = 'canary';
  await start([process.execPath, '-e', `console.log(JSON.stringify(process.env)); ${lasts}`]);
  expect(await printed('{')).not.toContain('canary');
});

/** Waits until what was started has printed `text`; answers all that it printed. */
async function printed(text: string): Promise<string> {
  const read = () => readFileSync(join(directory, 'run', 'api.out'), 'utf8');
  await expect.poll(read).toContain(text);
  return read();
}

test.skipIf(process.platform !== 'linux')(
  'a copy whose starter was killed before it wrote the pid file is found, and replaced as any other',
  async () => {
    const left = await start(lasting);
    rmSync(file);
    expect(await findRunning(file)).toMatchObject({ pid: left.pid, startedAt: left.startedAt });
    await expect(restart(null)).rejects.toMatchObject({ happened: false });
    await restart(left.startedAt);
    expect(await startIdentity(left.pid)).not.toBe(left.start);
    expect((await findRunning(file))?.pid).not.toBe(left.pid);
  },
);

test.skipIf(process.platform !== 'linux')(
  'a child of a copy is not taken for the copy',
  async () => {
    const script = `const { pid } = require('node:child_process').spawn(process.execPath, ${JSON.stringify(lasting.slice(1))}, { stdio: 'ignore' }); require('node:fs').writeFileSync(${JSON.stringify(join(directory, 'child'))}, String(pid)); ${lasts}`;
    const { pid } = await start([process.execPath, '-e', script]);
    const child = () => Number(readFileSync(join(directory, 'child'), 'utf8'));
    await vi.waitFor(() => expect(child()).toBeGreaterThan(0), patience);
    process.kill(pid, 'SIGKILL');
    try {
      await vi.waitFor(async () => expect(await findRunning(file)).toBeNull(), patience);
    } finally {
      process.kill(child(), 'SIGKILL');
    }
  },
);
