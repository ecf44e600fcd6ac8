import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/errors.ts';
import type { Lock } from '../../core/locks.ts';
import type { After } from '../after.ts';
import { StoreError } from '../database/errors.ts';

/**
 * How long a lease is, how often it is renewed, how long before its end its holder stops, and for how long
 * who was turned away counts as waiting. In milliseconds.
 */
export const leasing = { lease: 6_000, every: 2_000, margin: 1_500, patience: 3_000 };

/** A lease that was just given. */
export interface Lease {
  target: string;
  fence: number;
  /** By the database's clock. */
  at: number;
  /** By the monotonic clock, when it was asked for: it cannot have begun earlier. */
  askedAt: number;
  /** Makes it last for {@link leasing}`.lease` from now; false when it is over or somebody else's. */
  renew(): Promise<boolean>;
  /** Gives it back, if it is still held. */
  end(): Promise<void>;
}

/** Whose time it is that passes. */
export interface Ticking {
  clock: Pick<Clock, 'monotonic'>;
  after: After;
}

/**
 * Renews a lease until it is released. Whatever happens to the database or to this process, `lost`
 * fires while nobody else can have the lock yet: a holder that was stopped for a while and goes on
 * hears it before anything else it asks.
 */
export function holdLock(lease: Lease, { clock, after }: Ticking): Lock {
  const losing = new AbortController();
  const last = leasing.lease - leasing.margin;
  let deadline = lease.askedAt + last;
  const cancels: (() => void)[] = [];
  let released = false;
  const settle = () => {
    for (const cancel of cancels.splice(0)) cancel();
  };
  const lose = (why: string) => {
    settle();
    if (!released && !losing.signal.aborted) losing.abort(lostLock(lease.target, why));
  };
  const renew = async () => {
    if (clock.monotonic() >= deadline) lose('it was not renewed in time');
    losing.signal.throwIfAborted();
    const askedAt = clock.monotonic();
    if (!(await lease.renew())) lose('its lease is over, or somebody else has it');
    if (clock.monotonic() >= deadline) lose('it was not renewed in time');
    losing.signal.throwIfAborted();
    deadline = Math.max(deadline, askedAt + last);
  };
  const keep = () => {
    const again = () => void renew().then(keep, keep);
    const watch = () => {
      if (clock.monotonic() >= deadline) lose('it was not renewed in time');
      else keep();
    };
    settle();
    if (losing.signal.aborted || released) return;
    cancels.push(after(leasing.every, again), after(deadline - clock.monotonic(), watch));
  };
  keep();
  return {
    fence: lease.fence,
    at: lease.at,
    lost: losing.signal,
    check: async () => {
      if (released) throw lostLock(lease.target, 'it was released');
      await renew().catch((error: unknown) => {
        if (losing.signal.aborted) throw losing.signal.reason;
        throw lostLock(lease.target, `the database did not confirm it (${messageOf(error)})`);
      });
    },
    release: async () => {
      released = true;
      settle();
      await lease.end().catch(() => {}); // then it ends by itself
    },
  };
}

const lostLock = (target: string, why: string): StoreError =>
  new StoreError(`The lock on ${target} is not held: ${why}. Nothing more is done under it.`, {
    final: false,
  });
