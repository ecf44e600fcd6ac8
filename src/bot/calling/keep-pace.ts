import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Clock } from '../../core/clock.ts';
import { type Pace, usualPace } from '../../core/pace.ts';

/** What a client of Slack does for the pace of the whole app. */
export interface PaceKeeper {
  /**
   * Before a call.
   *
   * @throws {WebAPIRateLimitedError} when it may not be made yet.
   */
  before(method: string): Promise<void>;
  /** Slack has answered 429 to a call about this channel, or none, and asked for so many seconds. */
  limited(method: string, channel: string | null, seconds: number): void;
}

/** Their calls were taken when the outbox handed them out. */
const handedOut: readonly string[] = ['chat.postMessage', 'chat.update'];

/** The others have no pace: the database is not asked about them. */
const isPaced = (method: string): boolean => Object.hasOwn(usualPace, method);

/** When the pace is not known, nothing is called that nobody waits for until so many milliseconds later. */
const unknown = 1_000;

/** So long is waited for a call that comes back soon rather than not made, in milliseconds. */
const patience = 300;

interface KeeperOptions {
  pace: Pace;
  clock: Pick<Clock, 'monotonic'>;
  /** Waits so many milliseconds. */
  sleep(ms: number): Promise<unknown>;
}

/**
 * For what nobody waits for: it is called when the pace allows it, else it is as if Slack had said so. So it is as
 * well while the pace is not known, because the database does not answer.
 */
export function asksFirst({ pace, clock, sleep }: KeeperOptions): PaceKeeper {
  const closedUntil = new Map<string, number>();
  const take = async (method: string): Promise<number> => {
    const known = (closedUntil.get(method) ?? 0) - clock.monotonic();
    if (known > patience) return known; // a thousand that are told to wait do not ask the database again
    const wait = await pace.take(method).catch(() => unknown);
    closedUntil.set(method, clock.monotonic() + wait);
    return wait;
  };
  return {
    async before(method) {
      if (handedOut.includes(method) || !isPaced(method)) return;
      let wait = await take(method);
      if (wait > 0 && wait <= patience) {
        await sleep(wait);
        wait = await take(method);
      }
      if (wait > 0) throw new WebAPIRateLimitedError(Math.ceil(wait / 100) / 10);
    },
    limited: telling(pace),
  };
}

/** For what somebody waits for: it is called at once, and counted. */
export const tellsAfterwards = (pace: Pace): PaceKeeper => ({
  async before(method) {
    if (isPaced(method)) void pace.spend(method).catch(() => {});
  },
  limited: telling(pace),
});

const telling =
  (pace: Pace): PaceKeeper['limited'] =>
  (method, channel, seconds) => {
    if (isPaced(method)) void pace.limited(method, channel, seconds * 1_000).catch(() => {});
  };
