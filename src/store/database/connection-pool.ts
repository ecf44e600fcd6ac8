import pg from 'pg';
import type { Log } from '../../core/log.ts';
import type { Secret } from '../../core/secret.ts';
import { StoreError } from './errors.ts';
import { typeParsers } from './type-parsers.ts';

/** How many connections a pool may have, and how long is waited, in milliseconds. */
export interface PoolLimits {
  max: number;
  /** For one statement. */
  patience: number;
  /** For a connection; no longer than for a statement, and five seconds at most unless it is said. */
  connecting?: number;
}

/**
 * A pool of connections to PostgreSQL whose every wait ends: for a connection, for a statement, for
 * the next statement of a transaction.
 *
 * @throws {StoreError} when the address cannot be read.
 */
export function connectionPool(url: Secret, limits: PoolLimits, log: Log): pg.Pool {
  const { max, patience, connecting = Math.min(patience, 5_000) } = limits;
  assertReadable(url);
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    application_name: 'gatehouse',
    max,
    connectionTimeoutMillis: connecting,
    statement_timeout: patience,
    query_timeout: patience + 250, // the server gives up first: then it is certain that nothing happened
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) => typeParsers[oid] ?? pg.types.getTypeParser(oid, format),
    },
  });
  const note = (error: Error) =>
    log.debug({ error: error.message }, 'a connection to PostgreSQL broke');
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', note)); // or one that breaks while lent ends the process
  return pool;
}

/** The parser's own errors quote the address with its password, so they are not passed on. */
function assertReadable(url: Secret): void {
  try {
    new pg.Client({ connectionString: url.reveal() });
  } catch {
    throw new StoreError(
      'DATABASE_URL cannot be read. Expected postgres://user:password@host:5432/database.',
      { final: true },
    );
  }
}
