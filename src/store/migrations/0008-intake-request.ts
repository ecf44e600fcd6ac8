import { type Kysely, sql } from 'kysely';

/**
 * What was asked, for as long as it may still have to be said to somebody: a delivery with a request
 * is held by who took it, given up when nobody heard of that process any more, and settled at last.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table intake
      add column request text,
      add column held_until timestamptz,
      add column given_up_at timestamptz,
      add column settled_at timestamptz,
      add constraint request_is_held check (request is null or held_until is not null)`.execute(db);
  await sql`
    create index intake_open on intake (held_until)
    where request is not null and settled_at is null`.execute(db);
}
