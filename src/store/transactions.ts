import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import type { Tables, Transaction } from './tables.ts';

/** Transactions that know, anywhere below the call, which one is open. */
export interface Transactions {
  transact<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** The transaction that the caller runs in; null outside of one. */
  current(): Transaction | null;
}

/**
 * The embedded database has one connection, so a statement that does not know that it runs inside a
 * transaction would wait for that transaction, which waits for the statement: for ever. Everything
 * that may be called inside of one asks `current()` first.
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
    current: () => place.getStore()?.open ?? null,
  };
}
