import { type Kysely, sql } from 'kysely';

/**
 * What a run did may end by itself: when, and what became of that. A run that was begun to undo another
 * one names it; of these at most one is open or has succeeded, however many processes try.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table run
      add column parent text references run (id),
      add column ends_at timestamptz,
      add column ended_how text check (ended_how in ('done', 'replaced', 'given-up')),
      add column ended_by text,
      add constraint ended_by_something check (
        (ended_how is null) = (ended_by is null) and (ended_how is null or ends_at is not null))`.execute(
    db,
  );
  await sql`
    create unique index run_one_child on run (parent) where parent is not null and state not in (
      'failed', 'interrupted', 'denied', 'expired', 'cancelled', 'superseded', 'compensated')`.execute(
    db,
  );
  await sql`create index run_children on run (parent) where parent is not null`.execute(db);
  await sql`
    create index run_to_end on run (ends_at) where ends_at is not null and ended_how is null`.execute(
    db,
  );
  await sql`
    create index run_lasting on run (service, env, ends_at) where ends_at is not null`.execute(db);
  await keepParent(db);
}

/** Whose approval covers a run is part of what was asked for, and what was ended is ended for good. */
async function keepParent(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gatehouse_run_ending() returns trigger language plpgsql as $$
    begin
      if new.parent is distinct from old.parent then
        raise exception 'run %: what was asked for does not change', old.id;
      end if;
      if old.ended_how is not null and (new.ends_at, new.ended_how, new.ended_by)
        is distinct from (old.ends_at, old.ended_how, old.ended_by) then
        raise exception 'run %: what it did has ended', old.id;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger ending before update on run
    for each row execute function gatehouse_run_ending()`.execute(db);
  await sql`alter table run enable always trigger ending`.execute(db);
}
