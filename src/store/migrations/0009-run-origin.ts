import { type Kysely, sql } from 'kysely';

/**
 * What a run came of, so that the same request makes one run, and when it began to change its target,
 * for the limits. Runs from before have neither: they count for no limit.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table run
      add column origin text unique,
      add column began_at timestamptz`.execute(db);
  await sql`
    create function gatehouse_run_origin() returns trigger language plpgsql as $$
    begin
      if new.origin is distinct from old.origin
        or (old.began_at is not null and new.began_at is distinct from old.began_at) then
        raise exception 'run %: what it came of and when it began do not change', old.id;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger origin before update on run
    for each row execute function gatehouse_run_origin()`.execute(db);
  await sql`alter table run enable always trigger origin`.execute(db);
  await sql`create index run_by_requester on run (requested_by, created_at)`.execute(db);
  await sql`
    create index run_begun on run (action, service, env, began_at)
    where began_at is not null`.execute(db);
}
