import type { Kysely } from 'kysely';
import type { ConstructorOptions } from 'pg-boss';
import type { Tables, Transaction } from './tables.ts';

/** A database under the store. Two drivers make one; all that is written on top knows no difference. */
export interface Engine {
  kind: 'embedded' | 'postgres';
  db: Kysely<Tables>;
  /** How many batches of rows may be under way at once. */
  lanes: number;
  /** Runs `work` in one transaction: all of it is committed, or nothing when it throws. */
  transact<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** The same database as the job engine sees it. Its statements join an open transaction. */
  bossDatabase(): Promise<BossDatabase>;
  close(): Promise<void>;
}

/** How the job engine reaches its database. */
export type BossDatabase = NonNullable<ConstructorOptions['db']>;
