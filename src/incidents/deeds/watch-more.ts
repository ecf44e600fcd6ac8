import { type Decide, decided, refused } from '../decided.ts';
import { inRoom } from '../places.ts';

const least = 60_000;
const most = 24 * 3_600_000;

/** Watches for longer, also when the watch has passed. */
export const watchMore: Decide<{ kind: 'watch-more'; ms: number }> = (
  incident,
  { ms },
  { now },
) => {
  const { state, watch, id } = incident;
  if (state === 'resolved' || state === 'closed' || state === 'cancelled') {
    return refused({ kind: 'over', id, state });
  }
  if (!watch) {
    return refused({
      kind: 'not-now',
      why: 'Nothing is watched yet: the watch begins when it is moved to monitoring.',
    });
  }
  if (!(ms >= least && ms <= most)) {
    return refused({ kind: 'out-of-bounds', what: 'the watch', least, most });
  }
  const until = Math.max(now, watch.until) + ms;
  const after = { ...incident, watch: { ...watch, until, state: 'running' as const } };
  return decided(after, 'watched-longer', { ms, until }, inRoom(after, 2));
};
