import type { Clock } from '../core/clock.ts';
import type { Locks } from '../core/locks.ts';
import { type After, afterRealTime } from './after.ts';
import { holdLock, leasing } from './held-lock.ts';

interface Row {
  owner: string | null;
  fence: number;
  until: number;
}

/** Locks for as long as the process lives. */
export function memoryLocks(clock: Clock, after: After = afterRealTime): Locks {
  const rows = new Map<string, Row>();
  const live = (target: string): Row | null => {
    const row = rows.get(target);
    return row && row.owner !== null && row.until > clock.now() ? row : null;
  };
  return {
    acquire: async (target, owner) => {
      const held = live(target);
      if (held) return { owner: held.owner ?? '', until: held.until };
      const fence = (rows.get(target)?.fence ?? 0) + 1;
      rows.set(target, { owner, fence, until: clock.now() + leasing.lease });
      const mine = () => [live(target)].find((row) => row?.fence === fence) ?? null;
      const renew = async () => {
        const row = mine();
        if (row) row.until = clock.now() + leasing.lease;
        return row !== null;
      };
      const end = async () => {
        const row = mine();
        if (row) row.owner = null;
      };
      const lease = { target, fence, askedAt: clock.monotonic(), renew, end };
      return holdLock(lease, { clock, after });
    },
    holder: async (target) => {
      const row = live(target);
      return row && { owner: row.owner ?? '', until: row.until };
    },
  };
}
