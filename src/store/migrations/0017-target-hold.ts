import { type Kysely, sql } from 'kysely';

/**
 * Locks with two levels, instead of one row for each target. One row for each environment counts the
 * fences and lets the requests in one by one; it stays for ever, so that no fence ever falls. Who holds
 * a lock of the old kind has it here until its lease is over, and cannot renew it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table environment_lock (
      env text primary key,
      fence bigint not null check (fence > 0)
    )`.execute(db);
  await sql`
    create table target_hold (
      env text not null references environment_lock (env),
      target text not null check (right(target, length(env) + 1) = '@' || env),
      owner text not null,
      mode text not null check (mode in ('shared', 'exclusive')),
      held boolean not null,
      fence bigint not null check (fence > 0),
      lease_until timestamptz not null,
      primary key (env, fence)
    )`.execute(db);
  await sql`
    insert into environment_lock (env, fence)
    select substring(target from '[^@]*$'), sum(fence) + count(*) from target_lock group by 1`.execute(
    db,
  );
  await sql`
    insert into target_hold (env, target, owner, mode, held, fence, lease_until)
    select substring(target from '[^@]*$') as env, target, owner, 'exclusive', true,
      row_number() over (partition by substring(target from '[^@]*$') order by target), lease_until
    from target_lock where owner is not null and lease_until > gatehouse_now()`.execute(db);
  await sql`drop table target_lock`.execute(db);
  await createLock(db);
  await createClaim(db);
}

/**
 * Grants a lock, or says who is in the way. The row of the environment is changed first, so that
 * requests for one environment come one after the other; each statement of the function sees what the
 * request before has committed. An exclusive request that is turned away is written down for a while:
 * what asks for less then waits for it. The rules are those of `isInTheWay` in `core/locks.ts`.
 */
async function createLock(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gatehouse_lock(
      wanted_env text, wanted_target text, wanted_by text, wanted_mode text,
      lease double precision, patience double precision
    ) returns table (
      granted bigint, target text, mode text, owner text, held boolean, lease_until timestamptz
    ) language plpgsql volatile as $$
    declare
      whole text := 'all@' || wanted_env;
      next_fence bigint;
      rival target_hold;
    begin
      insert into environment_lock as root (env, fence) values (wanted_env, 1)
      on conflict (env) do update set fence = root.fence + 1
      returning root.fence into next_fence;
      delete from target_hold as hold where hold.env = wanted_env and (
        hold.lease_until <= gatehouse_now()
        or (not hold.held and hold.owner = wanted_by and hold.target = wanted_target));
      select hold.* into rival from target_hold as hold
      where hold.env = wanted_env
        and (hold.target = wanted_target or hold.target = whole or wanted_target = whole)
        and case
          when hold.held then 'exclusive' in (hold.mode, wanted_mode)
          when hold.owner = wanted_by then false
          else wanted_mode = 'shared' or (hold.target = whole and wanted_target <> whole)
        end
      order by hold.held desc, hold.fence limit 1;
      if rival.env is null or wanted_mode = 'exclusive' then
        insert into target_hold (env, target, owner, mode, held, fence, lease_until)
        values (wanted_env, wanted_target, wanted_by, wanted_mode, rival.env is null, next_fence,
          gatehouse_now() + case when rival.env is null then lease else patience end
            * interval '1 millisecond');
      end if;
      return query select case when rival.env is null then next_fence end,
        rival.target, rival.mode, rival.owner, rival.held, rival.lease_until;
    end $$`.execute(db);
}

/**
 * Targets that people keep for themselves: one row for each that ever was, and one audit record for
 * every change of it.
 */
async function createClaim(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table target_claim (
      id text primary key,
      version integer not null check (version > 0),
      chain_hash bytea not null,
      env text not null,
      target text not null check (id = 'claim:' || target and right(target, length(env) + 1) = '@' || env),
      claimed_by jsonb not null,
      reason text not null,
      since bigint not null,
      until bigint not null check (until > since),
      open boolean not null,
      constraint target_claim_has_record foreign key (id, version)
        references audit (subject, version) deferrable initially deferred
    )`.execute(db);
  await sql`
    create function gatehouse_claim_step() returns trigger language plpgsql as $$
    begin
      if new.id <> old.id or new.version <> old.version + 1 or new.chain_hash = old.chain_hash
        or (new.open and old.open and new.claimed_by <> old.claimed_by and old.until > new.since) then
        raise exception '%: version % cannot follow version %', old.id, new.version, old.version;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger step before update on target_claim
    for each row execute function gatehouse_claim_step()`.execute(db);
  await sql`alter table target_claim enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on target_claim
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table target_claim enable always trigger keep`.execute(db);
}
