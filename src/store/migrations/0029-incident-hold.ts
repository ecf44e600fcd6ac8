import { type Kysely, sql } from 'kysely';

/**
 * Who works on what is due in an incident, beside it: a hold that changes nothing of the incident need not write all
 * of it anew. It is of one version, so that every change of the incident ends it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table incident_hold (
      number bigint primary key,
      version integer not null,
      until timestamptz not null
    )`.execute(db);
  await sql`alter table incident drop column taken_until`.execute(db);
}
