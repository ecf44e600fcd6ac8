import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { end, endAtOnce, findRunning, startIdentity } from '../../demo/processes.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

/** A process, and a pid file that says it was started then. */
async function written(start: (pid: number) => Promise<string | null>) {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const file = join(folder.path, `${pid}.json`);
  const more = { startedAt: 0, release: '1', argv: ['sleep', '60'] };
  writeFileSync(file, JSON.stringify({ pid, start: await start(pid), ...more }));
  return { pid, file };
}

test.each([
  ['kindly', end],
  ['at once', endAtOnce],
])(
  'a process that got the id of an ended one is not taken for it, and not ended %s',
  async (_, ending) => {
    const { pid, file } = await written(async () => '1');
    expect(await findRunning(file)).toBeNull();
    expect(await ending(file)).toBe(false);
    expect(await startIdentity(pid)).not.toBeNull();
  },
);

test.each([
  ['kindly', end],
  ['at once', endAtOnce],
])('the process that a pid file speaks of is ended %s', async (_, ending) => {
  const { pid, file } = await written(startIdentity);
  expect(await findRunning(file)).toMatchObject({ pid });
  expect(await ending(file)).toBe(true);
  expect(await startIdentity(pid)).toBeNull();
});
