import { formatDuration } from '../../core/duration.ts';

/**
 * How long ago `at` was at `now`, both in milliseconds since 1970. Whoever reads it takes longer than
 * a second for that, and a clock that is ahead counts as now.
 */
export const age = (at: number, now: number): string =>
  now - at < 1_000 ? 'just now' : `${formatDuration(now - at)} ago`;
