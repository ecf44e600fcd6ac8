import { type Kysely, sql } from 'kysely';

/**
 * What the checks of incidents said, minute by minute: a row without a sample is a minute that somebody has
 * begun to look at. And when a process of Gatehouse was last there, with the times in which none was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table incident_sample (
      incident text not null,
      at bigint not null,
      sample jsonb,
      primary key (incident, at)
    )`.execute(db);
  await sql`
    create table presence (
      only_row boolean primary key default true check (only_row),
      beat_at timestamptz,
      away_from timestamptz
    )`.execute(db);
  await sql`insert into presence default values`.execute(db);
  await sql`
    create table absence (
      from_at timestamptz primary key,
      until_at timestamptz not null check (until_at > from_at)
    )`.execute(db);
  await sql`create index on absence (until_at)`.execute(db);
  await keep(db, 'incident_sample', 'delete or truncate');
  await keep(db, 'presence', 'delete or truncate');
  await keep(db, 'absence', 'update or delete or truncate');
}

async function keep(db: Kysely<unknown>, table: string, from: string): Promise<void> {
  await sql`
    create trigger keep before ${sql.raw(from)} on ${sql.table(table)}
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table ${sql.table(table)} enable always trigger keep`.execute(db);
}
