import { sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { Store } from './open-store.ts';
import { sqlIntake } from './sql-intake.ts';

/** The store on top of an open database. */
export function storeOver({ kind, db, lanes, close }: Engine): Store {
  return {
    kind,
    intake: sqlIntake(db, lanes),
    ping: async () => {
      await sql`select gatehouse_now()`.execute(db);
    },
    close,
  };
}
