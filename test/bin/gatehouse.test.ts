import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bareEnv } from '../support/bare-env.ts';
import { launch } from '../support/launch.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

/** Runs what `npm start` runs until it ends by itself: its exit code, and what it complained about. */
const start = (env: Record<string, string>) =>
  new Promise<{ code: unknown; said: string }>((resolve) => {
    const { PATH = '' } = process.env;
    const given = { env: { PATH, WORKSPACE_PORT: '0', ...env } };
    execFile(process.execPath, ['bin/gatehouse.mjs'], given, (error, _, said) =>
      resolve({ code: error?.code ?? 0, said }),
    );
  });

test('a data folder that cannot be written is named, with what to do', async () => {
  const path = join(folder.path, 'a-file');
  writeFileSync(path, '');
  const { code, said } = await start({ GATEHOUSE_DATA: path });
  expect(said).toBe(
    `Gatehouse did not start: its data folder ${path} cannot be written (EEXIST). Make it writable, or name another one in GATEHOUSE_DATA.\n`,
  );
  expect(code).toBe(1);
});

test('a second one in the same folder says why it ends, and disturbs the first one in nothing', async () => {
  const path = join(folder.path, 'data');
  const first = await launch(path, bareEnv);
  const { code, said } = await start({ GATEHOUSE_DATA: path });
  expect(said).toMatch(/^The demo in .* runs already, as process \d+\. .* in GATEHOUSE_DATA\.$/m);
  expect(said).toContain('The demo ended (code 1), so everything else ends too.');
  expect(code).toBe(1);
  expect((await fetch(first.url)).status).toBe(200);
  await first.end();
});
