import type { Clock } from '../../src/core/clock.ts';
import type { After } from '../../src/store/after.ts';

/** Time that passes only by hand. */
export interface HandTime {
  clock: Clock;
  after: After;
  /** Lets time pass, and does on the way what was to be done. */
  pass(ms: number): Promise<void>;
  /** Lets time pass in which nothing is done, as while a process is stopped. */
  stop(ms: number): void;
}

/** Time that stands still at `start`, in milliseconds since 1970. */
export function handTime(start = 1_700_000_000_000): HandTime {
  let now = 0;
  const waiting = new Set<{ at: number; work: () => void }>();
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const next = (until: number) =>
    [...waiting].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  return {
    clock: { now: () => start + now, monotonic: () => now },
    after: (ms, work) => {
      const one = { at: now + ms, work };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    pass: async (ms) => {
      const until = now + ms;
      for (let one = next(until); one; one = next(until)) {
        waiting.delete(one);
        now = Math.max(now, one.at);
        one.work();
        await settled();
      }
      now = until;
    },
    stop: (ms) => {
      now += ms;
    },
  };
}
