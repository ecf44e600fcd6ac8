import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { dataFolder } from '../support/data-folder.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const opener = (data: string) =>
  spawn(process.execPath, [join(import.meta.dirname, 'store-opener.ts'), data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function untilOpen(process: ReturnType<typeof opener>): Promise<void> {
  const [said] = await once(createInterface({ input: process.stdout }), 'line');
  process.kill('SIGKILL');
  await once(process, 'close');
  expect(said).toBe('open');
}

test('a database whose making was cut off, or left behind, is made anew and never opened', async () => {
  const data = join(folder.path, 'data');
  const [place, making] = [join(data, 'database'), join(data, 'database.new')];
  do {
    await rm(data, { recursive: true, force: true }); // it was whole before anybody could cut it off
    const first = opener(data);
    while (!existsSync(making) && !existsSync(place)) await sleep(5);
    first.kill('SIGKILL');
    await once(first, 'close');
  } while (existsSync(place));

  await mkdir(making, { recursive: true });
  await writeFile(join(making, 'PG_VERSION'), 'half a');
  const second = opener(data);
  await untilOpen(second);
  expect([existsSync(place), existsSync(making)]).toEqual([true, false]);
  expect(statSync(data).mode & 0o777).toBe(0o700);
});

test('a database is for its owner alone, whoever made the folder around it', async () => {
  const others = await dataFolder();
  const place = join(others.path, 'database');
  for (const path of [others.path, place]) await chmod(path, 0o755);
  await untilOpen(opener(others.path));
  expect(statSync(place).mode & 0o777).toBe(0o700);
  await others.remove();
});
