import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { messageOf } from '../../core/errors.ts';

/**
 * A pool that Kysely borrows from, and that is replaced as soon as anything but the server's own
 * refusal is met on one of its connections. After a time-out that connection may never answer again,
 * and neither may the others to the same server: left in the pool, each would cost somebody the wait.
 */
export function renewedPool(make: () => pg.Pool): PostgresPool {
  let pool = make();
  const connect = async () => {
    const lender = pool;
    return lend(await lender.connect(), () => {
      if (pool !== lender) return;
      pool = make();
      void lender.end();
    });
  };
  return { options: pool.options, connect, end: () => pool.end() };
}

function lend(client: pg.PoolClient, renew: () => void): PostgresPoolClient {
  let broken: Error | null = null;
  const query = async (text: string, values: unknown[]) => {
    if (broken) throw broken;
    try {
      return await client.query(text, values);
    } catch (error) {
      if (error instanceof pg.DatabaseError) throw error;
      broken = new Error(messageOf(error));
      renew();
      throw error;
    }
  };
  return {
    query: query as unknown as PostgresPoolClient['query'], // cursors are never asked for
    release: (destroy) => client.release(broken ?? destroy),
  };
}

/** Runs one statement, or several without parameters, on a connection of the pool. */
export async function queryOn(pool: PostgresPool, text: string, values: unknown[] = []) {
  const client = await pool.connect();
  try {
    return await client.query<Record<string, unknown>>(text, values);
  } catch (error) {
    // A script that broke off has left its transaction open, and the connection goes to others.
    if (values.length === 0) await client.query('rollback', []).catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
