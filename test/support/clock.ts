import type { Clock } from '../../src/core/clock.ts';

/** The machine's own time. */
export const realClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** A clock that stands still at `at`, in milliseconds since 1970, until it is moved. */
export function stillClock(at = 1_700_000_000_000): Clock & { pass(ms: number): void } {
  let passed = 0;
  return {
    now: () => at + passed,
    monotonic: () => passed,
    pass: (ms) => {
      passed += ms;
    },
  };
}
