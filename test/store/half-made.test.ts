import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const opener = (data: string) =>
  spawn(process.execPath, [join(import.meta.dirname, 'store-opener.ts'), data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

test('a database whose making was cut off, or left behind, is made anew and never opened', async () => {
  const data = join(folder.path, 'data');
  const [place, making] = [join(data, 'database'), join(data, 'database.new')];
  const first = opener(data);
  while (!existsSync(making) && !existsSync(place)) await sleep(5);
  expect(existsSync(place)).toBe(false);
  first.kill('SIGKILL');
  await once(first, 'close');
  expect(existsSync(place)).toBe(false);

  await mkdir(making, { recursive: true });
  await writeFile(join(making, 'PG_VERSION'), 'half a');
  const second = opener(data);
  const [said] = await once(createInterface({ input: second.stdout }), 'line');
  second.kill('SIGKILL');
  await once(second, 'close');
  expect(said).toBe('open');
  expect([existsSync(place), existsSync(making)]).toEqual([true, false]);
  expect(statSync(data).mode & 0o077, 'the folder is for its owner alone').toBe(0);
});
