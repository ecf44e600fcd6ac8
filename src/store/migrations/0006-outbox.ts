import { type Kysely, sql } from 'kysely';

/** Messages that have to reach Slack, one row for each subject, kind and place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbox (
      id bigint generated always as identity primary key,
      kind text not null,
      subject text not null,
      place text not null,
      wanted integer not null,
      shown integer not null default 0,
      posted_channel text,
      posted_ts text,
      attempts integer not null default 0,
      ambiguous boolean not null default false,
      next_at timestamptz not null,
      taken_until timestamptz,
      gave_up text,
      unique (subject, kind, place),
      check ((posted_channel is null) = (posted_ts is null))
    )`.execute(db);
  await sql`
    create index outbox_due on outbox (next_at)
    where shown < wanted and gave_up is null`.execute(db);
  await sql`create index outbox_taken on outbox (place) where taken_until is not null`.execute(db);
}
