import { formatDuration } from '../core/duration.ts';

/** How long ago `at` was at `now`, both in milliseconds since 1970. A clock that is ahead counts as now. */
export const age = (at: number, now: number): string =>
  now - at < 50 ? 'just now' : `${seconds(now - at)} ago`;

const seconds = (ms: number): string =>
  ms < 950 ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms);
