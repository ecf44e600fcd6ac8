import { type Kysely, sql } from 'kysely';

/**
 * Runs that are part of an incident: which one stands in what their records are about, so it never changes, and
 * the records of an incident and of its runs are found together. And what the outbox has to know of the
 * messages about incidents: how bad it is, and how long they have waited.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table run add column
      incident text generated always as (about::jsonb ->> 'incident') stored`.execute(db);
  await sql`
    create index run_of_incident on run (incident, created_at) where incident is not null`.execute(
    db,
  );
  await sql`
    create index audit_of_incident on audit ((body::jsonb #>> '{about,incident}'), id desc)
    where (body::jsonb #>> '{about,incident}') is not null`.execute(db);
  await sql`
    alter table outbox
      add column rank smallint not null default 0,
      add column added_at timestamptz not null default gatehouse_now()`.execute(db);
  await sql`
    create index outbox_notice on outbox (subject text_pattern_ops) where kind = 'notice'`.execute(
    db,
  );
}
