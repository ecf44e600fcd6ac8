import { type Kysely, sql } from 'kysely';

/**
 * The newest incident of each target. Whoever declares one waits here for whoever does so at the same moment, so that
 * the second finds the first. It holds no history: that is in the incidents.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table incident_latest (
      target text primary key,
      incident text not null,
      declared_at timestamptz not null
    )`.execute(db);
}
