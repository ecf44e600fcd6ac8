import { sql } from 'kysely';
import type { AuditCheck } from '../../../src/core/audit.ts';
import { type Run, runStates } from '../../../src/core/run.ts';
import { sqlAudit } from '../../../src/store/audit/sql-audit.ts';
import { openEngine } from '../../../src/store/database/open-engine.ts';
import type { DatabaseOptions } from '../../../src/store/open-store.ts';
import { sqlRuns } from '../../../src/store/run/sql-runs.ts';

/** What the database says after all bots have ended. */
export interface LeftBehind {
  runs: readonly Run[];
  /** Deliveries that were written down and may change something. */
  deliveries: number;
  /** The messages that do not say what they should: whose, where, and whether they were given up or come again. */
  unsent: readonly string[];
  audit: AuditCheck;
}

/** Reads it; the database must be nobody else's any more. */
export async function readLeftBehind(options: DatabaseOptions): Promise<LeftBehind> {
  const engine = await openEngine(options);
  const store = sqlRuns({ engine, jobs: { enqueue: async () => {} }, added() {} });
  try {
    const runs = await Promise.all(runStates.map((state) => store.inStates([state])));
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from intake`.execute(
      engine.db,
    );
    const { rows: lost } = await sql<{ what: string }>`
      select concat_ws(' ', kind, subject, place, coalesce(
        'given up: ' || gave_up,
        'tried ' || attempts || ' times, again in '
          || ceil(extract(epoch from next_at - gatehouse_now())) || ' s'
      )) as what
      from outbox where gave_up is not null or shown < wanted order by id`.execute(engine.db);
    const audit = await sqlAudit(engine.db).verify();
    const unsent = lost.map(({ what }) => what);
    return { runs: runs.flat(), deliveries: rows[0]?.n ?? 0, unsent, audit };
  } finally {
    await engine.close();
  }
}
