import type { Clock } from '../core/clock.ts';
import type { IncidentRoom } from '../core/incident-room.ts';

type Picture = Parameters<IncidentRoom['upload']>[0];

/** Keeps pictures in Slack, for messages to show them. */
export interface Pictures {
  /**
   * Draws a picture and keeps it, when it is its turn and the signal has not fired by then; answers the file's id,
   * or null when there is none for now.
   *
   * @throws {Error} when Slack does not keep it.
   */
  keep(draw: () => Promise<Picture>, given: AbortSignal): Promise<string | null>;
}

/** So many wait for their turn; whoever comes then goes without. */
const most = 4;

/**
 * Makes it. Drawing costs more than all the rest of an update and lets nothing else happen meanwhile: so one is drawn
 * after the other, and none for as long as Slack, or the pace towards it, has asked for patience.
 */
export function createPictures(
  room: Pick<IncidentRoom, 'upload'>,
  { monotonic }: Pick<Clock, 'monotonic'>,
): Pictures {
  let [rests, waiting] = [0, 0];
  let line: Promise<unknown> = Promise.resolve();
  const keepNow = async (draw: () => Promise<Picture>, given: AbortSignal) => {
    if (given.aborted || monotonic() < rests) return null;
    const kept = await room.upload(await draw());
    if (kept.kind === 'done') return kept.value;
    if (kept.kind === 'again') rests = Math.max(rests, monotonic() + kept.in);
    throw new Error(kept.why);
  };
  return {
    async keep(draw, given) {
      if (waiting >= most || monotonic() < rests) return null;
      waiting += 1;
      const kept = line.then(() => keepNow(draw, given));
      line = kept.catch(() => {});
      return kept.finally(() => {
        waiting -= 1;
      });
    },
  };
}
