import type { Limit } from './limits.ts';

/** How often each method of Slack may be called, by its name. What is not named has no pace here. */
export type PaceLimits = Readonly<Record<string, Limit>>;

const within = 60_000;

/**
 * What Slack publishes: tiers of calls a minute for each method, and for posts several hundred a minute in the
 * whole workspace (docs.slack.dev/apis/web-api/rate-limits). The second a channel takes for a post is kept besides.
 */
export const usualPace: PaceLimits = {
  'chat.postMessage': { most: 300, within },
  'chat.update': { most: 50, within },
  'bookmarks.add': { most: 20, within },
  'bookmarks.list': { most: 50, within },
  'conversations.create': { most: 20, within },
  'conversations.history': { most: 50, within },
  'conversations.info': { most: 50, within },
  'conversations.invite': { most: 50, within },
  'conversations.open': { most: 50, within },
  'conversations.setTopic': { most: 20, within },
  'files.completeUploadExternal': { most: 100, within },
  'files.getUploadURLExternal': { most: 100, within },
  'files.info': { most: 100, within },
  'pins.add': { most: 20, within },
};

/** At most so many calls at once; the rest of a minute's calls come one by one. */
const atOnce = 10;

/** So many calls of a burst are kept for what somebody waits for. */
const forUrgent = 3;

/** The calls of a method as a bucket that fills up again: how many it holds, and in how many milliseconds one comes. */
export interface Bucket {
  burst: number;
  interval: number;
  /** So many of them only what somebody waits for may take. */
  kept: number;
}

/** A time in milliseconds to the millionth of a second, as databases keep it. */
export const asKept = (ms: number): number => Math.round(ms * 1_000) / 1_000;

/**
 * The bucket of a limit. What it holds and what comes into it within the limit's time are the limit together, so
 * that however Slack counts, nobody sees more calls in any such time. Whole millionths of a second add up to the same
 * in every store.
 */
export function bucketOf({ most, within }: Limit): Bucket {
  const burst = Math.max(1, Math.min(atOnce, Math.floor(most / 2)));
  const kept = Math.min(forUrgent, burst - 1);
  return { burst, interval: Math.ceil((within / (most - burst + 1)) * 1_000) / 1_000, kept };
}

/** The bucket of a method; null when nothing limits it. */
export function bucketIn(limits: PaceLimits, method: string): Bucket | null {
  const limit = Object.hasOwn(limits, method) ? limits[method] : undefined;
  return limit ? bucketOf(limit) : null;
}

/** How far a bucket is: in how many milliseconds it is full, and for how many nobody may call at all. */
export interface BucketState {
  fullIn: number;
  restsFor: number;
}

/** That much of a call is nothing. */
export const rounding = 1e-4;

/** How many calls may be made now. */
export function callsLeft({ burst, interval }: Bucket, { fullIn, restsFor }: BucketState): number {
  if (restsFor > 0) return 0;
  return Math.max(0, Math.floor(burst - Math.max(0, fullIn) / interval + rounding));
}

/** In how many milliseconds so many calls may be made. */
export function untilLeft(bucket: Bucket, { fullIn, restsFor }: BucketState, calls = 1): number {
  const { burst, interval } = bucket;
  return Math.max(0, restsFor, Math.ceil(fullIn - (burst - calls + rounding) * interval));
}

/**
 * The pace at which the whole app calls Slack, all processes on one database together. What the outbox hands out
 * has its call already; this is for everything else.
 */
export interface Pace {
  /**
   * Takes one call of the method, but for those that are kept for what somebody waits for.
   *
   * @returns 0, or in how many milliseconds there may be one; then none was taken.
   */
  take(method: string): Promise<number>;
  /** One is made whatever the pace says, because somebody waits for it: others wait longer instead. */
  spend(method: string): Promise<void>;
  /**
   * Slack has answered 429 and asked for so many milliseconds. What a post into one channel was told may be about
   * that channel alone: nothing goes out at once any more, and only when another channel is told so within that
   * time nothing is posted anywhere. `channel` is null for whatever is not about one.
   */
  limited(method: string, channel: string | null, ms: number): Promise<void>;
}
