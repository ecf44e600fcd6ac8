import { Kysely, PostgresDialect } from 'kysely';
import type { Log } from '../../core/log.ts';
import type { Secret } from '../../core/secret.ts';
import { connectionPool } from './connection-pool.ts';
import type { Engine } from './engine.ts';
import { preparePostgres } from './prepare-postgres.ts';
import { queryOn, renewedPool } from './renewed-pool.ts';
import type { Tables } from './tables.ts';
import { trackTransactions } from './transactions.ts';

/** Nobody who asks waits longer for one statement; a job of the background may. In milliseconds. */
const patience = { asked: 1_500, background: 30_000 };

/**
 * A PostgreSQL server, 15 or newer, with its tables brought up to date: by `owner`, when that is somebody
 * else than whom `url` names.
 */
export async function openPostgres(url: Secret, log: Log, owner?: Secret): Promise<Engine> {
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
    await preparePostgres({ db, url, owner }, log);
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
