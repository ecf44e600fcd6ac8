import { type Kysely, sql } from 'kysely';

/**
 * Anchors: how far the sealed chain was, to be copied out of the database. The rows say what was
 * copied; whether it is still so is for the copies to say.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // What is asked for together: each alone has many records, and both together perhaps none.
  await sql`create index on audit (actor, service, id desc)`.execute(db);
  await sql`create index on audit (service, action, id desc)`.execute(db);
  await sql`
    create table audit_anchor (
      n bigint primary key check (n > 0),
      seal bigint not null unique,
      records bigint not null check (records > 0),
      hash bytea not null,
      made_at timestamptz not null default gatehouse_now()
    )`.execute(db);
  await sql`
    create table audit_anchor_filed (
      n bigint primary key references audit_anchor (n),
      filed_at timestamptz not null default gatehouse_now()
    )`.execute(db);
  for (const table of ['audit_anchor', 'audit_anchor_filed']) {
    await sql`
      create trigger keep before update or delete or truncate on ${sql.table(table)}
      for each statement execute function gatehouse_keep()`.execute(db);
    await sql`alter table ${sql.table(table)} enable always trigger keep`.execute(db);
  }
}
