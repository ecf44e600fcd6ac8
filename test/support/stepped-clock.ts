import type { Clock } from '../../src/core/clock.ts';

/** The machine's own time until somebody steps on; then it goes on for a little and stands until the next step. */
export interface SteppedClock extends Clock {
  /** It is this moment now, unless it was later already, in milliseconds since 1970. */
  stepTo(moment: number): void;
  /** It goes on as the machine's does. */
  free(): void;
}

/**
 * After a step it goes on for at most `most` milliseconds: what is tried again after a moment is, and a machine that
 * stands still makes nothing late by more than that.
 */
export function steppedClock(most: number): SteppedClock {
  let [base, since, limit] = [Date.now(), performance.now(), Number.POSITIVE_INFINITY];
  const now = () => Math.floor(base + Math.min(performance.now() - since, limit));
  const from = (moment: number, next: number) => {
    [base, since, limit] = [moment, performance.now(), next];
  };
  return {
    now,
    monotonic: () => performance.now(),
    stepTo: (moment) => from(Math.max(moment, now()), most),
    free: () => from(now(), Number.POSITIVE_INFINITY),
  };
}
