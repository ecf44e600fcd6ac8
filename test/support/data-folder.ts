import { execFile } from 'node:child_process';
import { hash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { tempFolder } from './temp-folder.ts';

const root = join(import.meta.dirname, '../..');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const migrations = join(root, 'src/store/migrations');
const made = [
  dependencies['@electric-sql/pglite'],
  ...readdirSync(migrations).map((name) => readFileSync(join(migrations, name), 'utf8')),
];
const cache = join(root, 'node_modules/.cache/gatehouse');
const template = join(cache, `database-${hash('sha256', JSON.stringify(made)).slice(0, 16)}`);
const day = 86_400_000;

/**
 * A data folder for the bot or its store, with an embedded database in it that nobody has used: with
 * all its tables, and nothing in them. Making one computes for seconds; this one is a copy, and the
 * first test of all makes the original.
 */
export async function dataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  if (!existsSync(template)) await makeTemplate();
  const folder = tempFolder();
  // A thousand files: a process that does nothing else copies them in a fifth of the time.
  await promisify(execFile)('cp', ['-R', template, join(folder.path, 'database')]);
  return folder;
}

async function makeTemplate(): Promise<void> {
  await mkdir(cache, { recursive: true });
  await removeOld();
  const mine = join(cache, `making-${randomUUID()}`);
  const engine = await openEmbedded(mine);
  await engine.close();
  await rename(join(mine, 'database'), template).catch((error) => {
    if (!existsSync(template)) throw error; // else another test was quicker
  });
  await rm(mine, { recursive: true });
}

/** Of other migrations, and of tests that were ended while they made one; what is of today may be in use. */
async function removeOld(): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!/^(database|making)-/.test(name)) continue;
    const path = join(cache, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - day) await rm(path, { recursive: true, force: true });
  }
}
