import { type Kysely, sql } from 'kysely';

/** What was seen instead of the plan that was approved: kept with the run that was superseded by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table run
      add column new_plan jsonb,
      add constraint new_plan_instead check (new_plan is null or state = 'superseded')`.execute(db);
}
