import { sql } from 'kysely';
import type { Log } from '../core/log.ts';
import { bossJobs } from './boss-jobs.ts';
import type { Engine } from './engine.ts';
import type { Store } from './open-store.ts';
import { pruneIntake } from './prune-intake.ts';
import { sqlIntake } from './sql-intake.ts';

/** The store on top of an open database. */
export function storeOver(engine: Engine, log: Log): Store {
  const { kind, db, lanes } = engine;
  const jobs = bossJobs(engine, log);
  jobs.declare(pruneIntake(db));
  return {
    kind,
    intake: sqlIntake(db, lanes),
    jobs,
    ping: async () => {
      await sql`select gatehouse_now()`.execute(db);
    },
    close: async () => {
      await jobs.close();
      await engine.close();
    },
  };
}
