import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { dataFolder } from '../support/data-folder.ts';

const folder = await dataFolder();
const data = folder.path;
const openers: ChildProcess[] = [];
afterAll(async () => {
  for (const opener of openers) opener.kill('SIGKILL');
  await rm(`${data}-other-name`, { force: true });
  await folder.remove();
});

/** Starts a process that opens the folder, and waits for what it says. */
async function opener(path: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'store-opener.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  openers.push(child);
  const said = await once(createInterface({ input: child.stdout }), 'line');
  return { child, said: String(said[0]) };
}

test('one process has the folder; others are refused in a sentence until it is killed', async () => {
  const first = await opener(data);
  expect(first.said).toBe('open');

  const second = await opener(data);
  await once(second.child, 'close');
  expect(second.child.exitCode).toBe(1);
  expect(second.said).toMatch(/^StoreBusy: .* in use by another Gatehouse\..*DATABASE_URL\.$/);

  const otherName = `${data}-other-name`;
  symlinkSync(data, otherName);
  expect((await opener(otherName)).said).toContain('StoreBusy');

  first.child.kill('SIGKILL');
  await once(first.child, 'close');
  expect((await opener(data)).said).toBe('open');
});
