import { type Kysely, sql } from 'kysely';

/**
 * The one source of time for SQL. It is the time of the statement, because a transaction that waited
 * for a lock must not decide by the time at which it began; tests move it by `gatehouse_clock.shift`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table gatehouse_clock (
      only_row boolean primary key default true check (only_row),
      shift interval not null default interval '0'
    )`.execute(db);
  await sql`insert into gatehouse_clock default values`.execute(db);
  await sql`
    create function gatehouse_now() returns timestamptz language sql stable as $$
      select statement_timestamp() + coalesce((select shift from gatehouse_clock), interval '0')
    $$`.execute(db);
}
