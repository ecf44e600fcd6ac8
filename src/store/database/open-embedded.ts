import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PGliteDialect, sql } from 'kysely';
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
  await resumeNumbers(db);
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
 * The next incident is called after the last one that there is. A process that is killed leaves its database a few
 * dozen numbers ahead, and people would ask where the others are; nobody else has the folder open, so that none of
 * them is on its way.
 */
async function resumeNumbers(db: Kysely<Tables>): Promise<void> {
  await sql`select setval('incident_number', coalesce(max(number), 0) + 1, false) from incident`.execute(
    db,
  );
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
