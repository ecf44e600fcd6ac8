import type { Allowance } from './tiers.ts';

/** Tokens that come back with time; a call takes one. Times are in milliseconds. */
export interface Bucket {
  /** How long until a call may be made at `now`; 0 means now. */
  wait(now: number): number;
  take(now: number): void;
}

/** A full bucket. `scale` multiplies what it holds and how fast it fills. */
export function createBucket({ perMinute, burst }: Allowance, scale: number): Bucket {
  const full = Math.max(1, burst * scale);
  const perMs = (perMinute * scale) / 60_000;
  let tokens = full;
  let at = Number.NEGATIVE_INFINITY;
  const fill = (now: number) => {
    if (now > at)
      tokens = Math.min(full, at === Number.NEGATIVE_INFINITY ? full : tokens + (now - at) * perMs);
    at = Math.max(at, now);
  };
  return {
    wait(now) {
      fill(now);
      // A hair less than a token, left by rounding, is a token.
      return tokens > 1 - 1e-9 ? 0 : (1 - tokens) / perMs;
    },
    take(now) {
      fill(now);
      tokens -= 1;
    },
  };
}
