import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PGliteDialect } from 'kysely';
import type { BossDatabase, Engine } from './engine.ts';
import { lockFolder } from './folder-lock.ts';
import { type HostedDatabase, hostDatabase } from './host-database.ts';
import { makeDatabase } from './make-database.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';
import { trackTransactions } from './transactions.ts';

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
    await chmod(folder, 0o700); // the files in it can be written by anybody who can reach them
    return await engineOver(await hostDatabase(folder), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function engineOver(pglite: HostedDatabase, unlock: () => void): Promise<Engine> {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  const close = async () => {
    await db.destroy();
    unlock();
  };
  await migrate(db);
  const { transact, joining } = trackTransactions(db);
  return {
    kind: 'embedded',
    db,
    lanes: 1,
    transact,
    bossDatabase: async () => joining(await alone(db, pglite)),
    close,
  };
}

/**
 * The job engine's statements, each alone on the one connection. When a script of it breaks off, its
 * transaction stays open until it is rolled back a moment later: nothing else may come in between.
 */
async function alone(db: Kysely<Tables>, pglite: HostedDatabase): Promise<BossDatabase> {
  const direct = (await import('pg-boss')).fromPglite(pglite);
  return {
    ...direct,
    executeSql: (text, values) => db.connection().execute(() => direct.executeSql(text, values)),
  };
}
