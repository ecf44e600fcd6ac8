import {
  type BucketState,
  bucketIn,
  callsLeft,
  type PaceLimits,
  untilLeft,
} from '../../core/pace.ts';
import { methodOf } from './outbox-rules.ts';
import type { RoomFor, Rooms } from './outbox-take.ts';

const methods = {
  posts: methodOf({ posted: null }),
  edits: methodOf({ posted: { channel: '', ts: '' } }),
} as const;

/** What is known of each method, by its name. */
type Known = Pick<ReadonlyMap<string, BucketState & { served: number }>, 'get'>;

const nothing = { fullIn: 0, restsFor: 0, served: 0 };

/** What may be handed out now, of posts and of edits. */
export function roomsIn(limits: PaceLimits, known: Known): Rooms {
  return {
    posts: roomFor(methods.posts, limits, known),
    edits: roomFor(methods.edits, limits, known),
  };
}

function roomFor(method: string, limits: PaceLimits, known: Known): RoomFor {
  const state = known.get(method) ?? nothing;
  const bucket = bucketIn(limits, method);
  const { served } = state;
  if (!bucket) {
    const most = state.restsFor > 0 ? 0 : Number.POSITIVE_INFINITY;
    return { method, urgent: most, rest: most, interval: 0, served };
  }
  const left = callsLeft(bucket, state);
  const { interval, kept } = bucket;
  return { method, urgent: left, rest: Math.max(0, left - kept), interval, served };
}

/**
 * In how many milliseconds something may go that only waits for the pace; null when nothing does: of each method
 * that ran out, when there is the next call for what nobody waits for.
 */
export function heldFor(
  limits: PaceLimits,
  known: Known,
  taken: readonly Parameters<typeof methodOf>[0][],
  rooms = roomsIn(limits, known),
): number | null {
  const waits = Object.values(rooms).flatMap(({ method, rest, interval }) => {
    const used = taken.filter((row) => methodOf(row) === method).length;
    if (used < rest) return [];
    const { fullIn, restsFor } = known.get(method) ?? nothing;
    const bucket = bucketIn(limits, method);
    if (!bucket) return [restsFor];
    const state = { fullIn: Math.max(0, fullIn) + used * interval, restsFor };
    return [Math.max(1, untilLeft(bucket, state, bucket.kept + 1))];
  });
  return waits.length > 0 ? Math.min(...waits) : null;
}
