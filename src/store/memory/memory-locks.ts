import type { Clock } from '../../core/clock.ts';
import { type Holder, isInTheWay, type LockPath, type Locks, overlap } from '../../core/locks.ts';
import { type After, afterRealTime } from '../after.ts';
import { holdLock, leasing } from '../locks/held-lock.ts';

interface Row extends Holder {
  fence: number;
}

/** Locks for as long as the process lives. */
export function memoryLocks(clock: Clock, after: After = afterRealTime): Locks {
  let rows: Row[] = [];
  let fence = 0;
  const live = () => rows.filter(({ until }) => until > clock.now());
  const drop = (gone: (row: Row) => boolean) => {
    rows = live().filter((row) => !gone(row));
  };
  const put = (path: LockPath, owner: string, held: boolean) => {
    drop((row) => !row.held && row.owner === owner && row.target === path.target);
    fence += 1;
    const until = clock.now() + (held ? leasing.lease : leasing.patience);
    rows.push({ ...path, owner, held, fence, until });
    return fence;
  };
  return {
    acquire: async (target, owner, mode = 'exclusive') => {
      const wanted = { target, mode };
      const others = live().filter((row) => row.held || row.owner !== owner);
      const rival = others
        .toSorted((a, b) => Number(b.held) - Number(a.held) || a.fence - b.fence)
        .find((row) => isInTheWay(row, wanted));
      if (rival) {
        if (mode === 'exclusive') put(wanted, owner, false);
        return holderIn(rival);
      }
      const mine = put(wanted, owner, true);
      const renew = async () => {
        const row = live().find((one) => one.held && one.fence === mine);
        if (row) row.until = clock.now() + leasing.lease;
        return row !== undefined;
      };
      const end = async () => drop((row) => row.fence === mine);
      const at = clock.now();
      const lease = { target, fence: mine, at, askedAt: clock.monotonic(), renew, end };
      return holdLock(lease, { clock, after });
    },
    holders: async (target) =>
      live()
        .filter((row) => row.held && overlap(row.target, target))
        .toSorted((a, b) => a.fence - b.fence)
        .map(holderIn),
  };
}

const holderIn = ({ fence: _, ...holder }: Row): Holder => holder;
