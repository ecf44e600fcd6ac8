import type { Clock } from '../../core/clock.ts';
import {
  asKept,
  type Bucket,
  type BucketState,
  bucketIn,
  type Pace,
  type PaceLimits,
  untilLeft,
} from '../../core/pace.ts';
import { isOfChannels } from '../outbox/outbox-rules.ts';

/** The pace of a store in memory, and what its outbox takes of it. */
export interface MemoryPace extends Pace {
  limits: PaceLimits;
  known(): Map<string, BucketState & { served: number }>;
  /** A row of the outbox goes by the method. */
  serve(method: string): void;
  /** It was not called after all. */
  giveBack(method: string): void;
}

interface Known {
  fullAt: number;
  served: number;
  restsUntil: number;
  /** Where Slack has last said 429, and until when that holds. */
  limited: { channel: string | null; until: number } | null;
}

const nothing: Known = { fullAt: 0, served: 0, restsUntil: 0, limited: null };

/** A pace that nobody has used up. */
export function memoryPace(clock: Pick<Clock, 'now'>, limits: PaceLimits = {}): MemoryPace {
  const all = new Map<string, Known>();
  const of = (method: string): Known => all.get(method) ?? nothing;
  const bucket = (method: string) => bucketIn(limits, method);
  const set = (method: string, more: Partial<Known>) =>
    void all.set(method, { ...of(method), ...more });
  const spend = (method: string) => {
    const mine = bucket(method);
    if (mine) set(method, { fullAt: later(Math.max(of(method).fullAt, clock.now()), mine) });
  };
  const stateOf = ({ fullAt, restsUntil, served }: Known) => ({
    fullIn: asKept(fullAt - clock.now()),
    restsFor: restsUntil - clock.now(),
    served,
  });
  return {
    limits,
    known: () => new Map([...all].map(([method, known]) => [method, stateOf(known)])),
    serve(method) {
      spend(method);
      set(method, { served: of(method).served + 1 });
    },
    giveBack: (method) =>
      set(method, { fullAt: asKept(of(method).fullAt - (bucket(method)?.interval ?? 0)) }),
    take: async (method) => {
      const mine = bucket(method);
      const wait = mine ? untilLeft(mine, stateOf(of(method)), mine.kept + 1) : 0;
      if (wait === 0) spend(method);
      return wait;
    },
    spend: async (method) => spend(method),
    limited: async (method, channel, ms) => {
      const about = isOfChannels(method) ? channel : null;
      set(method, limitedNow(of(method), { about, ms, now: clock.now(), bucket: bucket(method) }));
    },
  };
}

const later = (fullAt: number, { interval }: Bucket): number => asKept(fullAt + interval);

function limitedNow(
  { fullAt, restsUntil, limited }: Known,
  said: { about: string | null; ms: number; now: number; bucket: Bucket | null },
): Partial<Known> {
  const { about, ms, now, bucket } = said;
  const until = now + ms;
  const isElsewhere = limited !== null && limited.until > now && limited.channel !== about;
  return {
    fullAt: Math.max(fullAt, asKept(now + (bucket ? bucket.burst * bucket.interval : 0))),
    restsUntil: about === null || isElsewhere ? Math.max(restsUntil, until) : restsUntil,
    limited: { channel: about, until: Math.max(limited?.until ?? 0, until) },
  };
}
