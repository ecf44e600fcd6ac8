import { type Kysely, sql } from 'kysely';

/**
 * What the processes that send have to know of each other: which messages go first, which method
 * rests in which place, and which messages were given up and have not been shown since.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table outbox
      add column priority smallint not null default 1,
      add column rests_until timestamptz,
      add column unconfirmed_since timestamptz,
      add column unconfirmed_why text`.execute(db);
  await sql`
    update outbox set unconfirmed_since = gatehouse_now(), unconfirmed_why = gave_up
    where gave_up is not null`.execute(db);
  await sql`
    create index outbox_unconfirmed on outbox (unconfirmed_since)
    where unconfirmed_since is not null`.execute(db);
  await sql`create index outbox_posted on outbox (posted_ts) where posted_ts is not null`.execute(
    db,
  );
  await sql`
    create table outbox_rest (
      place text not null,
      method text not null,
      until timestamptz not null,
      primary key (place, method)
    )`.execute(db);
}
