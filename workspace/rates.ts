import { type Bucket, createBucket } from './rates/bucket.ts';
import { allowances, perChannel, usual } from './rates/tiers.ts';

/** Slack's rate limits. */
export interface Rates {
  /**
   * Takes one call from what the method (and, for `chat.postMessage`, the channel) may have. Null
   * when the call may go on, else after how many whole seconds to ask again: Slack's Retry-After.
   */
  take(method: string, channel?: string): null | { retryAfterSeconds: number };
}

/**
 * Token buckets by Slack's tiers, one per method, and one per channel that is posted to. `scale`
 * multiplies every allowance: 1 is Slack, 10 ten times as lenient, Infinity never refuses.
 */
export function createRates({
  clock,
  scale = 1,
}: {
  clock: { monotonic(): number };
  scale?: number;
}): Rates {
  if (!(scale > 0)) throw new Error(`The scale of the rate limits must be above 0, not ${scale}.`);
  if (scale === Number.POSITIVE_INFINITY) return { take: () => null };
  const buckets = new Map<string, Bucket>();
  const bucket = (key: string, allowance: () => typeof usual): Bucket => {
    const known = buckets.get(key) ?? createBucket(allowance(), scale);
    buckets.set(key, known);
    return known;
  };
  return {
    take(method, channel) {
      const asked = [bucket(method, () => allowanceOf(method))];
      if (method === 'chat.postMessage' && channel !== undefined) {
        asked.push(bucket(`${method} ${channel}`, () => perChannel));
      }
      const now = clock.monotonic();
      const wait = Math.max(...asked.map((one) => one.wait(now)));
      if (wait > 0) return { retryAfterSeconds: Math.ceil(wait / 1000) };
      for (const one of asked) one.take(now);
      return null;
    },
  };
}

const allowanceOf = (method: string) =>
  Object.hasOwn(allowances, method) ? (allowances[method] ?? usual) : usual;
