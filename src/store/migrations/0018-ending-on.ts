import { type Kysely, sql } from 'kysely';

/**
 * What was done to all services ends on each of them by itself, whatever becomes of the others: so there is
 * at most one run for each target that undoes it, and what has ended on a service has ended there for good.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table run
      add column ends_on jsonb,
      add constraint ends_on_something check (
        ends_on is null or (ends_at is not null and jsonb_typeof(ends_on) = 'object'))`.execute(db);
  await sql`drop index run_one_child`.execute(db);
  await sql`
    create unique index run_one_child on run (parent, service, env)
    where parent is not null and state not in (
      'failed', 'interrupted', 'denied', 'expired', 'cancelled', 'superseded', 'compensated')`.execute(
    db,
  );
  await keepEnded(db);
}

async function keepEnded(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gatehouse_run_ending_on() returns trigger language plpgsql as $$
    begin
      if old.ended_how is not null and new.ends_on is distinct from old.ends_on then
        raise exception 'run %: what it did has ended', old.id;
      end if;
      if exists (
        select from jsonb_each(old.ends_on) as place
        where place.value <> 'null' and new.ends_on -> place.key is distinct from place.value
      ) then
        raise exception 'run %: what has ended on a service stays so', old.id;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger ending_on before update on run
    for each row when (old.ends_on is not null) execute function gatehouse_run_ending_on()`.execute(
    db,
  );
  await sql`alter table run enable always trigger ending_on`.execute(db);
}
