import { Kysely, PostgresDialect } from 'kysely';
import type { Log } from '../../core/log.ts';
import type { Secret } from '../../core/secret.ts';
import { connectionPool } from './connection-pool.ts';
import type { Engine } from './engine.ts';
import { preparePostgres } from './prepare-postgres.ts';
import { queryOn, renewedPool } from './renewed-pool.ts';
import type { Tables } from './tables.ts';
import { trackTransactions } from './transactions.ts';

/** How long is waited for one statement: by whoever asks, and by a job of the background. In milliseconds. */
export interface Waits {
  asked: number;
  background: number;
  /** For a connection, when it is not as long as that. */
  connecting?: number;
}

/** Nobody who asks waits longer; a job of the background may. */
const usual: Waits = { asked: 1_500, background: 30_000 };

/**
 * A PostgreSQL server, 15 or newer, with its tables brought up to date: by `owner`, when that is somebody
 * else than whom `url` names.
 */
export async function openPostgres(
  url: Secret,
  log: Log,
  owner?: Secret,
  waits = usual,
): Promise<Engine> {
  const { asked, background: longer, ...more } = waits;
  const pool = (max: number, patience: number) =>
    renewedPool(() => connectionPool(url, { max, patience, ...more }, log));
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pool(8, asked) }),
  });
  const background = pool(4, longer);
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
