import type { Clock } from '../core/clock.ts';
import type { IncidentRoom } from '../core/incident-room.ts';

/** Keeps pictures in Slack, for messages to show them. */
export interface Pictures {
  /** Whether one can be kept now: drawing one costs more than all the rest of an update. */
  ready(): boolean;
  /**
   * Answers the file's id.
   *
   * @throws {Error} when Slack does not keep it.
   */
  keep(picture: Parameters<IncidentRoom['upload']>[0]): Promise<string>;
}

/** Makes it. After Slack, or the pace towards it, has asked for patience none is drawn until then. */
export function createPictures(
  room: Pick<IncidentRoom, 'upload'>,
  { monotonic }: Pick<Clock, 'monotonic'>,
): Pictures {
  let rests = 0;
  return {
    ready: () => monotonic() >= rests,
    async keep(picture) {
      const kept = await room.upload(picture);
      if (kept.kind === 'done') return kept.value;
      if (kept.kind === 'again') rests = Math.max(rests, monotonic() + kept.in);
      throw new Error(kept.why);
    },
  };
}
