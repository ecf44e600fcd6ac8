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

/** How often it is looked how late it is, and how much of what passed in between counts at most, in milliseconds. */
const looks = { every: 50, most: 500 };

/**
 * The machine's own time, but that it stands still while this process does: what is held for seconds, and is
 * renewed more often than that, is not lost because a busy machine let nobody go on.
 */
export function wakingClock(): Clock {
  const start = Date.now();
  let last = performance.now();
  let passed = 0;
  const look = () => {
    const now = performance.now();
    passed += Math.min(now - last, looks.most);
    last = now;
    return passed;
  };
  setInterval(look, looks.every).unref();
  return { now: () => start + look(), monotonic: look };
}
