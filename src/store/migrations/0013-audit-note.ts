import { type Kysely, sql } from 'kysely';

/**
 * The chains of what was written down without changing anything: one row for each subject. Beside the
 * head of its chain it counts, minute by minute, what was too much to be written down.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_note (
      id text primary key check (id like 'system:%' and id <> 'system:kill-switch'),
      version integer not null check (version > 0),
      chain_hash bytea not null,
      minute bigint not null,
      noted integer not null,
      left_out integer not null default 0,
      constraint audit_note_has_record foreign key (id, version) references audit (subject, version)
        deferrable initially deferred
    )`.execute(db);
  await sql`
    create function gatehouse_note_step() returns trigger language plpgsql as $$
    begin
      if new.id <> old.id or not (
        (new.version = old.version and new.chain_hash = old.chain_hash)
        or (new.version = old.version + 1 and new.chain_hash <> old.chain_hash)) then
        raise exception '%: version % cannot follow version %', old.id, new.version, old.version;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger step before update on audit_note
    for each row execute function gatehouse_note_step()`.execute(db);
  await sql`alter table audit_note enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on audit_note
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table audit_note enable always trigger keep`.execute(db);
}
