import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import type { BossDatabase } from './engine.ts';
import type { Tables, Transaction } from './tables.ts';

/** Transactions that know, anywhere below the call, which one is open. */
export interface Transactions {
  transact<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** The database as the job engine sees it: the caller's transaction, or `outside` of one. */
  joining(outside: BossDatabase): Promise<BossDatabase>;
}

/**
 * The embedded database has one connection, so a statement that does not know that it runs inside a
 * transaction would wait for that transaction, which waits for the statement: for ever. The job
 * engine's statements are therefore sent through the transaction that its caller runs in.
 */
export function trackTransactions(db: Kysely<Tables>): Transactions {
  const place = new AsyncLocalStorage<{ open: Transaction | null }>();
  return {
    transact: (work) =>
      db.transaction().execute(async (trx) => {
        const here: { open: Transaction | null } = { open: trx };
        try {
          return await place.run(here, () => work(trx));
        } finally {
          here.open = null; // what was started inside and lives on is outside from now on
        }
      }),
    joining: async (outside) => {
      const { fromKysely } = await import('pg-boss');
      return {
        ...outside,
        executeSql: (text, values) => {
          const trx = place.getStore()?.open;
          return (trx ? fromKysely(trx) : outside).executeSql(text, values);
        },
      };
    },
  };
}
