import { Kysely, PostgresDialect } from 'kysely';
import type { Log } from '../core/log.ts';
import type { Secret } from '../core/secret.ts';
import { connectionPool } from './connection-pool.ts';
import type { Engine } from './engine.ts';
import { migrate, needsMigration } from './migrate.ts';
import { queryOn, renewedPool } from './renewed-pool.ts';
import type { Tables } from './tables.ts';
import { trackTransactions } from './transactions.ts';

/** Nobody who asks waits longer for one statement; a job of the background may. In milliseconds. */
const patience = { asked: 1_500, background: 30_000, migration: 600_000 };

/** A PostgreSQL server, 15 or newer, with its tables brought up to date. */
export async function openPostgres(url: Secret, log: Log): Promise<Engine> {
  const pool = (max: number, wait: number) =>
    renewedPool(() => connectionPool(url, { max, patience: wait }, log));
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pool(8, patience.asked) }),
  });
  const background = pool(4, patience.background);
  const close = async () => {
    await Promise.all([db.destroy(), background.end()]);
  };
  try {
    if (await needsMigration(db)) await migrateSlowly(url, log);
  } catch (error) {
    await close();
    throw error;
  }
  const { transact, joining } = trackTransactions(db);
  return {
    kind: 'postgres',
    db,
    lanes: 2,
    transact,
    bossDatabase: () =>
      joining({ executeSql: (text, values) => queryOn(background, text, values) }),
    close,
  };
}

/** A migration may rewrite a large table, or wait for another process that does. */
async function migrateSlowly(url: Secret, log: Log): Promise<void> {
  const pool = connectionPool(url, { max: 1, patience: patience.migration }, log);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}
