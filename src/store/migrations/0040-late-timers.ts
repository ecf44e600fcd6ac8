import { type Kysely, sql } from 'kysely';

/**
 * Every time in which timers of incidents were late although somebody was there: at most one at a time is `open`, so
 * that of several processes that notice it one says so.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table late_timers (
      number bigint primary key generated always as identity,
      open boolean unique default true check (open),
      due_at timestamptz not null,
      noticed_at timestamptz not null,
      seen_at timestamptz not null,
      worst bigint not null check (worst > 0),
      count integer not null check (count > 0),
      incidents text[] not null,
      over_at timestamptz,
      check ((open is null) = (over_at is not null))
    )`.execute(db);
  await sql`
    create trigger keep before delete or truncate on late_timers
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table late_timers enable always trigger keep`.execute(db);
}
