import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { fromKysely, fromPglite } from 'pg-boss';
import type { BossDatabase, Engine } from './engine.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';
import { type Transactions, trackTransactions } from './transactions.ts';
import { typeParsers } from './type-parsers.ts';

/**
 * PostgreSQL inside this process, in a folder. What was committed survives the end of the process,
 * however it comes, but not of the machine: it never flushes to the disk.
 *
 * @throws {StoreBusy} when another process has the folder open.
 */
export async function openEmbedded(dataDir: string): Promise<Engine> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const folder = join(dataDir, 'database');
  const unlock = await lockFolder(folder);
  try {
    await makeDatabase(folder);
    const pglite = await PGlite.create(folder, { parsers: { ...typeParsers } });
    return await engineOver(pglite, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Makes the files beside their place and moves them there, so that half of them is never opened. */
async function makeDatabase(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const making = `${folder}.new`;
  await rm(making, { recursive: true, force: true });
  const made = await PGlite.create(making);
  await made.close();
  await rename(making, folder);
}

async function engineOver(pglite: PGlite, unlock: () => void): Promise<Engine> {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  const close = async () => {
    await db.destroy();
    unlock();
  };
  await migrate(db);
  const transactions = trackTransactions(db);
  return {
    kind: 'embedded',
    db,
    lanes: 1,
    transact: transactions.transact,
    bossDatabase: insideTransactions(fromPglite(pglite), transactions),
    close,
  };
}

/** Sends what runs below an open transaction through it; waiting for it would be for ever. */
const insideTransactions = (database: BossDatabase, { current }: Transactions): BossDatabase => ({
  ...database,
  executeSql: async (text, values) => {
    const trx = current();
    return trx ? fromKysely(trx).executeSql(text, values) : database.executeSql(text, values);
  },
});
