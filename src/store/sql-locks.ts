import { type Kysely, sql } from 'kysely';
import type { Holder, Locks } from '../core/locks.ts';
import { holdLock, leasing, type Ticking } from './held-lock.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;

const leaseEnd = sql`gatehouse_now() + ${leasing.lease}::double precision * interval '1 millisecond'`;

/** Locks in the table `target_lock`. */
export function sqlLocks(db: Db, ticking: Ticking): Locks {
  const acquire: Locks['acquire'] = async (target, owner) => {
    const askedAt = ticking.clock.monotonic();
    const fence = await take(db, target, owner);
    if (fence === null) return (await holderOf(db, target)) ?? (await acquire(target, owner));
    const mine = sql`target = ${target} and fence = ${fence}::bigint and owner is not null`;
    const renew = () =>
      changes(
        db,
        sql`update target_lock set lease_until = ${leaseEnd}
            where ${mine} and lease_until > gatehouse_now()`,
      );
    const end = async () => {
      await changes(db, sql`update target_lock set owner = null where ${mine}`);
    };
    return holdLock({ target, fence, askedAt, renew, end }, ticking);
  };
  return { acquire, holder: (target) => holderOf(db, target) };
}

/** The new fence; null when somebody has the target. */
async function take(db: Db, target: string, owner: string): Promise<number | null> {
  const { rows } = await sql<{ fence: number }>`
    insert into target_lock as held (target, owner, fence, lease_until)
    values (${target}, ${owner}, 1, ${leaseEnd})
    on conflict (target) do update
    set owner = excluded.owner, fence = held.fence + 1, lease_until = excluded.lease_until
    where held.owner is null or held.lease_until <= gatehouse_now()
    returning fence`.execute(db);
  return rows[0]?.fence ?? null;
}

async function holderOf(db: Db, target: string): Promise<Holder | null> {
  const { rows } = await sql<Holder>`
    select owner, gatehouse_ms(lease_until) as until from target_lock
    where target = ${target} and owner is not null and lease_until > gatehouse_now()`.execute(db);
  return rows[0] ?? null;
}

async function changes(db: Db, update: ReturnType<typeof sql>): Promise<boolean> {
  const { numAffectedRows = 0n } = await update.execute(db);
  return numAffectedRows > 0n;
}
