import type { Generated, Transaction as KyselyTransaction } from 'kysely';
import type { Delivery } from '../../core/intake.ts';

/** The tables of the database, as queries see them. The migrations make them. */
export interface Tables {
  intake: IntakeRow;
}

/** A delivery that was written down. */
export interface IntakeRow {
  key: string;
  kind: Delivery['kind'];
  actor: string;
  received_at: Generated<Date>;
  request: Generated<string | null>;
  held_until: Generated<Date | null>;
  given_up_at: Generated<Date | null>;
  settled_at: Generated<Date | null>;
}

/** A transaction over {@link Tables}. */
export type Transaction = KyselyTransaction<Tables>;
