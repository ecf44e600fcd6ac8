import { type Kysely, sql } from 'kysely';

/**
 * What was taken from people and accounts: one row for each, for ever, and every change of it has one
 * audit record.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table suspension (
      id text primary key check (id like 'person:%' or id like 'account:%'),
      version integer not null check (version > 0),
      chain_hash bytea not null,
      suspended boolean not null,
      since bigint not null,
      run text not null,
      actor text not null,
      reason text not null,
      constraint suspension_has_record foreign key (id, version)
        references audit (subject, version) deferrable initially deferred
    )`.execute(db);
  await sql`
    create index suspension_of_people on suspension (id) where suspended and id like 'person:%'`.execute(
    db,
  );
  await sql`
    create function gatehouse_suspension_step() returns trigger language plpgsql as $$
    begin
      if new.id <> old.id or new.version <> old.version + 1 or new.chain_hash = old.chain_hash
        or new.suspended = old.suspended then
        raise exception '%: version % cannot follow version %', old.id, new.version, old.version;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger step before update on suspension
    for each row execute function gatehouse_suspension_step()`.execute(db);
  await sql`alter table suspension enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on suspension
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table suspension enable always trigger keep`.execute(db);
}
