import { type Kysely, sql } from 'kysely';
import { envOfName, type Holder, isWholeEnv, type LockMode, type Locks } from '../../core/locks.ts';
import type { Tables } from '../database/tables.ts';
import { holdLock, leasing, type Ticking } from './held-lock.ts';

type Db = Kysely<Tables>;

const leaseEnd = sql`gatehouse_now() + ${leasing.lease}::double precision * interval '1 millisecond'`;

/** Locks in the table `target_hold`. */
export function sqlLocks(db: Db, ticking: Ticking): Locks {
  return {
    acquire: async (target, owner, mode = 'exclusive') => {
      const askedAt = ticking.clock.monotonic();
      const got = await take(db, target, owner, mode);
      if (got.fence === null) return got.rival;
      const mine = sql`env = ${envOfName(target)} and fence = ${got.fence}::bigint and held`;
      const renew = () =>
        changes(
          db,
          sql`update target_hold set lease_until = ${leaseEnd}
              where ${mine} and lease_until > gatehouse_now()`,
        );
      const end = async () => {
        await changes(db, sql`delete from target_hold where ${mine}`);
      };
      return holdLock({ target, fence: got.fence, at: got.at, askedAt, renew, end }, ticking);
    },
    holders: async (target) => {
      const { rows } = await sql<Holder>`
        select target, mode, owner, held, gatehouse_ms(lease_until) as until from target_hold
        where env = ${envOfName(target)} and held and lease_until > gatehouse_now()
          and (${isWholeEnv(target)} or target in (${target}, 'all@' || env))
        order by fence`.execute(db);
      return rows;
    },
  };
}

type Row = Holder & { granted: number | null; at: number };

type Taken = { fence: number; at: number } | { fence: null; rival: Holder };

/** In one statement: the fence of the new lock, or who is in the way. */
async function take(db: Db, target: string, owner: string, mode: LockMode): Promise<Taken> {
  const { rows } = await sql<Row>`
    select granted, target, mode, owner, held, gatehouse_ms(lease_until) as until,
      gatehouse_ms((select gatehouse_now())) as at
    from gatehouse_lock(${envOfName(target)}, ${target}, ${owner}, ${mode},
      ${leasing.lease}::double precision, ${leasing.patience}::double precision)`.execute(db);
  const [{ granted, at, ...rival }] = rows as [Row];
  return granted === null ? { fence: null, rival } : { fence: granted, at };
}

async function changes(db: Db, update: ReturnType<typeof sql>): Promise<boolean> {
  const { numAffectedRows = 0n } = await update.execute(db);
  return numAffectedRows > 0n;
}
