import { chmod, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { evidence } from '../../src/targets/evidence.ts';
import { vaultContract } from '../contracts/vault.ts';
import { stillClock } from '../support/clock.ts';
import { memoryVault } from '../support/memory-vault.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;
const target = { service: 'rms-auth', env: 'prod' };
const files = [{ name: 'log.json', content: 'a line' }];

async function vaultIn(folder: string) {
  const { capabilities } = await evidence.open({ folder }, target, {
    clock: stillClock(86_400_000),
  });
  return capabilities.vault ?? expect.fail('it has no vault');
}

async function setUp() {
  const folder = tempFolder();
  onTestFinished(() => folder.remove());
  const place = join(folder.path, 'rms-auth@prod');
  const tamper = async (name: string, file: string, content: string | null) => {
    const path = join(place, name, file);
    await rm(path, { force: true });
    if (content !== null) await writeFile(path, content);
  };
  return { vault: await vaultIn(folder.path), tamper, folder: folder.path, place };
}

describe('a folder', () => vaultContract(setUp));
describe('in memory', () => vaultContract(async () => ({ vault: memoryVault() })));

test('nobody but its owner gets in, and nobody writes into what is kept', async () => {
  const { vault, place } = await setUp();
  await vault.keep('R-1', files, never);
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await modeOf(place)).toBe('700');
  expect(await modeOf(join(place, 'R-1'))).toBe('700');
  for (const file of await readdir(join(place, 'R-1'))) {
    expect([file, await modeOf(join(place, 'R-1', file))]).toEqual([file, '400']);
  }
});

test('each target has a folder of its own', async () => {
  const { vault, folder } = await setUp();
  await vault.keep('R-1', files, never);
  const other = await evidence.open({ folder }, { ...target, env: 'dev' }, { clock: stillClock() });
  expect(await other.capabilities.vault?.list(never)).toEqual([]);
});

test('a folder that others can get into keeps no evidence', async () => {
  const { vault, place } = await setUp();
  await mkdir(place, { mode: 0o755 });
  await chmod(place, 0o755);
  await expect(vault.keep('R-1', files, never)).rejects.toThrow(
    /others than its owner can get into/,
  );
  expect(await readdir(place)).toEqual([]);
});

test('a link in place of a folder or a file is not followed', async () => {
  const { vault, place, folder } = await setUp();
  await mkdir(join(folder, 'elsewhere'), { mode: 0o700 });
  await symlink(join(folder, 'elsewhere'), place);
  await expect(vault.keep('R-1', files, never)).rejects.toThrow(/is no folder/);
  await rm(place);
  await vault.keep('R-1', files, never);
  const path = join(place, 'R-1', 'log.json');
  await rm(path);
  await writeFile(join(folder, 'copy'), 'a line');
  await symlink(join(folder, 'copy'), path);
  expect(await vault.check('R-1', never)).toEqual(['log.json is no file any more']);
});

test('what a dead process left half-way is no evidence, and in nobody’s way', async () => {
  const { vault, place } = await setUp();
  await mkdir(join(place, '.R-1.part'), { recursive: true, mode: 0o700 });
  await chmod(place, 0o700);
  await writeFile(join(place, '.R-1.part', 'log.json'), 'half');
  expect(await vault.list(never)).toEqual([]);
  await vault.keep('R-1', files, never);
  expect(await vault.check('R-1', never)).toEqual([]);
  expect(await readdir(place)).toEqual(['R-1']);
});

test('a folder has to be named in full', () => {
  expect(evidence.options.safeParse({ folder: 'evidence' }).success).toBe(false);
  expect(evidence.options.safeParse({ folder: '/var/lib/gatehouse/evidence' }).success).toBe(true);
});
