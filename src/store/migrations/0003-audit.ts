import { type Kysely, sql } from 'kysely';

/**
 * The log of everything that was changed, and the seals over it. The text of a record is what is
 * hashed; what it is searched by is computed from that text, so that neither can say something else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeFunctions(db);
  await makeTables(db);
  await makeIndexes(db);
  await makeTriggers(db);
}

async function makeFunctions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gatehouse_ms(at timestamptz) returns bigint language sql immutable as $$
      select floor(extract(epoch from at) * 1000)::bigint
    $$`.execute(db);
  await sql`
    create function gatehouse_chain(before bytea, version integer, body text) returns bytea
    language sql stable as $$
      select sha256(before || convert_to(version::text || e'\\n' || body, 'UTF8'))
    $$`.execute(db);
  await sql`
    create function gatehouse_keep() returns trigger language plpgsql as $$
    begin
      raise exception 'the rows of % stay as they are: % is refused', tg_table_name, tg_op;
    end $$`.execute(db);
}

async function makeTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit (
      id bigint generated always as identity primary key,
      subject text not null,
      version integer not null check (version > 0),
      body text not null,
      hash bytea not null,
      actor text not null generated always as (body::jsonb ->> 'actor') stored,
      action text generated always as (body::jsonb #>> '{about,action}') stored,
      service text generated always as (body::jsonb #>> '{about,service}') stored,
      at bigint not null generated always as ((body::jsonb ->> 'at')::bigint) stored,
      unique (subject, version)
    )`.execute(db);
  await sql`create table audit_pending (audit_id bigint primary key)`.execute(db);
  await sql`
    create table audit_seal (
      n bigint primary key check (n > 0),
      ids bigint[] not null,
      hash bytea not null,
      sealed_at timestamptz not null default gatehouse_now()
    )`.execute(db);
}

async function makeIndexes(db: Kysely<unknown>): Promise<void> {
  for (const column of ['subject', 'actor', 'action', 'service']) {
    await sql`create index on audit (${sql.ref(column)}, id desc)`.execute(db);
  }
  await sql`create index on audit (at)`.execute(db);
}

async function makeTriggers(db: Kysely<unknown>): Promise<void> {
  for (const table of ['audit', 'audit_seal']) {
    await sql`
      create trigger keep before update or delete or truncate on ${sql.table(table)}
      for each statement execute function gatehouse_keep()`.execute(db);
    await sql`alter table ${sql.table(table)} enable always trigger keep`.execute(db);
  }
  await sql`
    create function gatehouse_audit_pending() returns trigger
    language plpgsql security definer set search_path from current as $$
    begin
      insert into audit_pending (audit_id) values (new.id);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger pending after insert on audit
    for each row execute function gatehouse_audit_pending()`.execute(db);
  await sql`alter table audit enable always trigger pending`.execute(db);
}
