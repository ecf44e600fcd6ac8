import { type Kysely, sql } from 'kysely';

/**
 * What the checks of incidents said is forgotten after 90 days, by one function alone: charts look back a few
 * hours, and the reviews that were asked for are written by then. Everybody else is refused as before, and nobody
 * deletes what is younger.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index on incident_sample (at)`.execute(db);
  await sql`
    create function gatehouse_samples_from() returns bigint language sql stable as $$
      select gatehouse_ms(gatehouse_now() - interval '90 days')
    $$`.execute(db);
  await sql`
    create function gatehouse_keep_samples() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and current_setting('gatehouse.forgets', true) = 'samples' then
        return null;
      end if;
      raise exception 'the rows of % stay as they are: % is refused', tg_table_name, tg_op;
    end $$`.execute(db);
  await sql`
    create function gatehouse_keep_young_sample() returns trigger language plpgsql as $$
    begin
      if old.at < gatehouse_samples_from() then return old; end if;
      raise exception 'the rows of % stay as they are for 90 days: % is refused', tg_table_name, tg_op;
    end $$`.execute(db);
  await sql`drop trigger keep on incident_sample`.execute(db);
  await sql`
    create trigger keep before delete or truncate on incident_sample
    for each statement execute function gatehouse_keep_samples()`.execute(db);
  await sql`
    create trigger keep_young before delete on incident_sample
    for each row execute function gatehouse_keep_young_sample()`.execute(db);
  for (const name of ['keep', 'keep_young']) {
    await sql`alter table incident_sample enable always trigger ${sql.ref(name)}`.execute(db);
  }
  await makeForgetting(db);
}

/** As the owner of the tables: whoever calls it may delete nothing by themselves. */
async function makeForgetting(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gatehouse_forget_samples(most integer) returns integer
    language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp set gatehouse.forgets = 'samples' as $$
    declare forgotten integer;
    begin
      delete from incident_sample where (incident, at) in (
        select incident, at from incident_sample where at < gatehouse_samples_from() limit most);
      get diagnostics forgotten = row_count;
      return forgotten;
    end $$`.execute(db);
}
