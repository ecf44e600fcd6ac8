import { type Kysely, sql } from 'kysely';

/**
 * Second factors: one row for each person who ever had one, for ever, so that no code counts twice
 * even after the secret was replaced; and every change of it has one audit record.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table second_factor (
      id text primary key check (id like 'second-factor:%'),
      version integer not null check (version > 0),
      chain_hash bytea not null,
      key_id text,
      sealed text,
      enrolled_at bigint not null,
      last_step bigint not null,
      wrong_at jsonb not null,
      locked_until bigint not null,
      check ((key_id is null) = (sealed is null)),
      constraint second_factor_has_record foreign key (id, version)
        references audit (subject, version) deferrable initially deferred
    )`.execute(db);
  await sql`
    create function gatehouse_second_factor_step() returns trigger language plpgsql as $$
    begin
      if new.id <> old.id or new.version <> old.version + 1 or new.chain_hash = old.chain_hash
        or new.last_step < old.last_step then
        raise exception '%: version % cannot follow version %', old.id, new.version, old.version;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger step before update on second_factor
    for each row execute function gatehouse_second_factor_step()`.execute(db);
  await sql`alter table second_factor enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on second_factor
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table second_factor enable always trigger keep`.execute(db);
}
