import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Secret } from '../core/secret.ts';
import { StoreError } from './errors.ts';
import { typeParsers } from './type-parsers.ts';

/** How many connections a pool may have, and how long one statement may take, in milliseconds. */
export interface PoolLimits {
  max: number;
  patience: number;
}

/** A pool of connections to PostgreSQL whose every wait ends: connecting, a statement, an idle transaction. */
export function connectionPool(url: Secret, { max, patience }: PoolLimits, log: Log): pg.Pool {
  assertReadable(url);
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    application_name: 'gatehouse',
    max,
    connectionTimeoutMillis: Math.min(patience, 5_000),
    statement_timeout: patience,
    query_timeout: patience + 250, // the server gives up first: then it is certain that nothing happened
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) => typeParsers[oid] ?? pg.types.getTypeParser(oid, format),
    },
  });
  const note = (error: Error) =>
    log.debug({ error: error.message }, 'a PostgreSQL connection broke');
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', note)); // else one that breaks while lent ends the process
  return pool;
}

/**
 * The pool as Kysely borrows from it. A connection on which anything but the server's own refusal was
 * met is thrown away: after a time-out it may never answer again, and would be lent out for ever.
 */
export const lender = (pool: pg.Pool): PostgresPool => ({
  options: pool.options,
  connect: async () => lend(await pool.connect()),
  end: () => pool.end(),
});

function lend(client: pg.PoolClient): PostgresPoolClient {
  let broken: Error | null = null;
  const query = async (text: string, values: unknown[]) => {
    if (broken) throw broken;
    try {
      return await client.query(text, values);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) broken = new Error(messageOf(error));
      throw error;
    }
  };
  return {
    query: query as unknown as PostgresPoolClient['query'], // it never asks for a cursor
    release: (destroy) => client.release(broken ?? destroy),
  };
}

/** The parser's own errors quote the address with its password, so they are not passed on. */
function assertReadable(url: Secret): void {
  try {
    new pg.Client({ connectionString: url.reveal() });
  } catch {
    throw new StoreError(
      'DATABASE_URL is not an address that can be read. Expected postgres://user:password@host:5432/database.',
      { final: true },
    );
  }
}
