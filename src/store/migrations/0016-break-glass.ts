import { type Kysely, sql } from 'kysely';

/** Every time that somebody did without the approvals of others: version 1 is the use, version 2 its review. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table break_glass (
      id text primary key check (id like 'break-glass:%'),
      version integer not null check (version in (1, 2)),
      chain_hash bytea not null,
      run text not null,
      person text not null,
      used_at bigint not null,
      reviewed_by text,
      reviewed_at bigint,
      review text,
      check ((version = 2) = (reviewed_by is not null)),
      check ((reviewed_by is null) = (reviewed_at is null)),
      check ((reviewed_by is null) = (review is null)),
      check (reviewed_by is distinct from person),
      constraint break_glass_has_record foreign key (id, version)
        references audit (subject, version) deferrable initially deferred
    )`.execute(db);
  await sql`create index on break_glass (used_at)`.execute(db);
  await sql`create index on break_glass (person) where review is null`.execute(db);
  await sql`
    create function gatehouse_break_glass_step() returns trigger language plpgsql as $$
    begin
      if new.version <> old.version + 1 or new.chain_hash = old.chain_hash
        or (new.id, new.run, new.person, new.used_at)
          is distinct from (old.id, old.run, old.person, old.used_at) then
        raise exception '%: version % cannot follow version %', old.id, new.version, old.version;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger step before update on break_glass
    for each row execute function gatehouse_break_glass_step()`.execute(db);
  await sql`alter table break_glass enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on break_glass
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table break_glass enable always trigger keep`.execute(db);
}
