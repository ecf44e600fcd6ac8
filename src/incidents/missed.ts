import type { Incident } from '../core/incident.ts';
import { tolerance } from './posted.ts';
import { slotsUntil } from './update-slots.ts';

/** An incident whose updates are about to come at another pace, and how many were due and have not come. */
export interface Missed {
  after: Incident;
  missed: number;
}

/**
 * Settles what was due by the old pace before there is another one: slots that have passed, such as while
 * nobody was there, count as merged, and the update that stands for them is due now. None is lost in silence.
 */
export function settleMissed(incident: Incident, now: number): Missed {
  const { next, every, merged } = incident.updates;
  const until = now - tolerance - 1;
  if (next === null || every === null || next > until) return { after: incident, missed: 0 };
  const missed = Math.max(1, slotsUntil(incident, next, every, until));
  const updates = { ...incident.updates, next: now, merged: merged + missed };
  return { after: { ...incident, updates }, missed };
}
