import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDatabase } from '../../src/store/database/make-database.ts';
import { tempFolder } from './temp-folder.ts';

const root = join(import.meta.dirname, '../..');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const cache = join(root, 'node_modules/.cache/gatehouse');
const template = join(cache, `database-${dependencies['@electric-sql/pglite']}`);

/**
 * A data folder for the bot or its store, with an empty embedded database in it. Making one computes
 * for seconds; this one is a copy, and the first test of all makes the original.
 */
export async function dataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  if (!existsSync(template)) await makeTemplate();
  const folder = tempFolder();
  await cp(template, join(folder.path, 'database'), { recursive: true });
  return folder;
}

async function makeTemplate(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const mine = join(cache, `making-${randomUUID()}`);
  await makeDatabase(mine);
  await rename(mine, template).catch(async (error) => {
    await rm(mine, { recursive: true });
    if (!existsSync(template)) throw error; // else another test was quicker
  });
}
