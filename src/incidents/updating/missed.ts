import type { Incident } from '../../core/incident.ts';
import { tolerance } from './posted.ts';
import { slotsUntil } from './update-slots.ts';

/** An incident whose updates are about to come at another pace, and how many were due and have not come. */
export interface Missed {
  after: Incident;
  missed: number;
  /** When the first of them were due, in milliseconds since 1970. */
  missedSlots: readonly number[];
}

/**
 * Settles what was due by the old pace before there is another one: slots that have passed, such as while
 * nobody was there, count as merged, and the update that stands for them is due now. None is lost in silence.
 */
export function settleMissed(incident: Incident, now: number): Missed {
  const { next, every, merged } = incident.updates;
  const until = now - tolerance - 1;
  const none = { after: incident, missed: 0, missedSlots: [] };
  if (next === null || every === null || next > until) return none;
  const { count: missed, first: missedSlots } = slotsUntil(incident, next, every, until);
  const updates = { ...incident.updates, next: now, merged: merged + missed };
  return { after: { ...incident, updates }, missed, missedSlots };
}
