import { sql } from 'kysely';
import { openEngine } from '../../src/store/database/open-engine.ts';
import type { DatabaseOptions } from '../../src/store/open-store.ts';

/**
 * How many messages still have to be sent or edited, or to be written about what somebody asked for and nothing came
 * of; the database must be nobody else's now.
 */
export async function owedMessages(options: DatabaseOptions): Promise<number> {
  const engine = await openEngine(options);
  try {
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from outbox where shown < wanted and gave_up is null)::int
        + (select count(*) from intake where request is not null and settled_at is null)::int as n`.execute(
      engine.db,
    );
    return rows[0]?.n ?? 0;
  } finally {
    await engine.close();
  }
}
