import { type Kysely, sql } from 'kysely';

/** Who was told that nobody has decided a run that waits: kept with it, so that they are told once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table run
      add column escalated jsonb,
      add constraint escalated_while_waiting
        check (escalated is null or waits_until is not null)`.execute(db);
}
