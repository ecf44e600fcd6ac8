import type { Clock } from '../../src/core/clock.ts';

/** The machine's own time, which can be told to be later; what is waited for goes on as it is. */
export function shiftedClock(): Clock & { shift(ms: number): void } {
  let shifted = 0;
  return {
    now: () => Date.now() + shifted,
    monotonic: () => performance.now(),
    shift: (ms) => {
      shifted += ms;
    },
  };
}
