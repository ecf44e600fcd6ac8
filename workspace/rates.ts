/** Calls per minute and the burst that a bucket holds. */
interface Rate {
  perMinute: number;
  burst: number;
}

/** Takes one call from a method's allowance. */
export interface Rates {
  /** Null when the call may go on, else after how many whole seconds to ask again. */
  take(method: string, channel?: string): null | { retryAfterSeconds: number };
}

/**
 * Slack's rate limits as token buckets, one per method, and one per channel for `chat.postMessage`.
 * `scale` multiplies every allowance: 1 is Slack, Infinity never refuses.
 */
export function createRates({
  clock,
  scale = 1,
}: {
  clock: { monotonic(): number };
  scale?: number;
}): Rates {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(method, channel) {
      const rate = rateOf(method);
      const perMs = (rate.perMinute * scale) / 60_000;
      const key = method === 'chat.postMessage' ? `${method} ${channel ?? ''}` : method;
      const full = rate.burst * Math.max(1, scale);
      const now = clock.monotonic();
      const before = buckets.get(key) ?? { tokens: full, at: now };
      const tokens = Math.min(full, before.tokens + (now - before.at) * perMs);
      if (tokens >= 1 || scale === Number.POSITIVE_INFINITY) {
        buckets.set(key, { tokens: tokens - 1, at: now });
        return null;
      }
      buckets.set(key, { tokens, at: now });
      return { retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) / perMs / 1000)) };
    },
  };
}

const rateOf = (method: string): Rate =>
  method === 'chat.postMessage' ? { perMinute: 60, burst: 5 } : { perMinute: 100, burst: 100 };
