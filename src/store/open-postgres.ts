import { Kysely, PostgresDialect } from 'kysely';
import type { Log } from '../core/log.ts';
import type { Secret } from '../core/secret.ts';
import { connectionPool, lender } from './connection-pool.ts';
import type { Engine } from './engine.ts';
import { migrate, needsMigration } from './migrate.ts';
import type { Tables } from './tables.ts';
import { trackTransactions } from './transactions.ts';

/** Nobody who asks waits longer for one statement; a job of the background may. In milliseconds. */
const patience = { asked: 1_500, background: 60_000, migration: 600_000 };

/** A PostgreSQL server, 15 or newer, with its tables brought up to date. */
export async function openPostgres(url: Secret, log: Log): Promise<Engine> {
  const pool = connectionPool(url, { max: 8, patience: patience.asked }, log);
  const background = connectionPool(url, { max: 4, patience: patience.background }, log);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: lender(pool) }) });
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
    bossDatabase: () => joining({ executeSql: (text, values) => background.query(text, values) }),
    close,
  };
}

/** A migration may rewrite a large table, or wait for another process that does. */
async function migrateSlowly(url: Secret, log: Log): Promise<void> {
  const pool = connectionPool(url, { max: 1, patience: patience.migration }, log);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: lender(pool) }) });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}
