import type { Incident } from '../../core/incident.ts';

/** The same incident with nobody to look after it: the ladder of acknowledgement counts from now. */
export const reopenedLadder = (incident: Incident, now: number): Incident => ({
  ...incident,
  acknowledged: null,
  counted: { ...incident.counted, acknowledge: { from: now, done: 0 } },
});
