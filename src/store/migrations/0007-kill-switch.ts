import { type Kysely, sql } from 'kysely';

/**
 * Whether all changes are stopped. There is no row before it was used for the first time, and then one
 * for ever: every change of it has one audit record, and only two people together can put it off; the
 * database itself refuses anything else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table kill_switch (
      id text primary key check (id = 'system:kill-switch'),
      version integer not null check (version > 0),
      chain_hash bytea not null,
      engaged boolean not null,
      since bigint not null,
      engaged_by jsonb not null,
      reason text not null,
      lifted_by jsonb not null default '[]',
      constraint two_people_lift_it check (engaged or (
        jsonb_array_length(lifted_by) = 2
        and (lifted_by -> 0) - 'at' <> (lifted_by -> 1) - 'at')),
      constraint kill_switch_has_record foreign key (id, version)
        references audit (subject, version) deferrable initially deferred
    )`.execute(db);
  await sql`
    create function gatehouse_kill_switch_step() returns trigger language plpgsql as $$
    begin
      if new.version <> old.version + 1 or new.chain_hash = old.chain_hash then
        raise exception 'the kill switch: version % cannot follow version %', new.version, old.version;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger step before update on kill_switch
    for each row execute function gatehouse_kill_switch_step()`.execute(db);
  await sql`alter table kill_switch enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on kill_switch
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table kill_switch enable always trigger keep`.execute(db);
}
