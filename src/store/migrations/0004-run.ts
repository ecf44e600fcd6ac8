import { type Kysely, sql } from 'kysely';

/**
 * Runs. Every change of one moves its version by one and has one audit record: the database itself
 * refuses anything else when the transaction ends. The states are written out, because a migration
 * that was released must not change with the code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table run (
      id text primary key,
      version integer not null check (version > 0),
      chain_hash bytea not null,
      state text not null check (state in (
        'requested', 'planned', 'waiting', 'approved', 'claimed', 'executing', 'verifying',
        'succeeded', 'failed', 'interrupted', 'denied', 'expired', 'cancelled', 'superseded',
        'compensated')),
      about text not null,
      action text not null,
      service text not null,
      env text not null,
      params jsonb not null,
      reason text not null,
      requested_by text not null,
      team text not null,
      asked_in text,
      plan jsonb,
      approval jsonb,
      votes jsonb not null default '[]',
      steps jsonb not null default '[]',
      verdict jsonb,
      why text,
      fence bigint,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      waits_until timestamptz,
      valid_until timestamptz,
      constraint run_has_record foreign key (id, version) references audit (subject, version)
        deferrable initially deferred
    )`.execute(db);
  await sql`create index run_by_state on run (state, created_at, id)`.execute(db);
  await makeGuards(db);
}

async function makeGuards(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gatehouse_run_step() returns trigger language plpgsql as $$
    begin
      if new.version <> old.version + 1 or new.chain_hash = old.chain_hash then
        raise exception 'run %: version % cannot follow version %', old.id, new.version, old.version;
      end if;
      if (new.id, new.about, new.action, new.service, new.env, new.params, new.reason,
          new.requested_by, new.team, new.created_at)
        is distinct from (old.id, old.about, old.action, old.service, old.env, old.params,
          old.reason, old.requested_by, old.team, old.created_at) then
        raise exception 'run %: what was asked for does not change', old.id;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger step before update on run
    for each row execute function gatehouse_run_step()`.execute(db);
  await sql`alter table run enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on run
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table run enable always trigger keep`.execute(db);
}
