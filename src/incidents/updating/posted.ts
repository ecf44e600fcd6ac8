import type { AuditEntry } from '../../core/audit.ts';
import type { Incident } from '../../core/incident.ts';
import { type Slots, slotsUntil } from './update-slots.ts';

/** An update within so many milliseconds after its slot counts as in time. */
export const tolerance = 30_000;

const none: Slots = { count: 0, first: [] };

/**
 * Counts one update that is posted now, by a person or by itself: in time, or late, and how many slots that
 * had passed it stands for besides its own. The record says all of it.
 */
export function posted(
  incident: Incident,
  now: number,
  byPerson: boolean,
): { after: Incident; facts: AuditEntry['facts'] } {
  const { updates } = incident;
  const { next, every } = updates;
  const lateBy = next === null ? 0 : Math.max(0, now - next);
  const isLate = lateBy > tolerance;
  const passed = next === null || every === null ? none : slotsUntil(incident, next, every, now);
  const merged = Math.max(0, passed.count - 1);
  const after = {
    ...incident,
    updates: {
      ...updates,
      last: now,
      lastByPerson: byPerson ? now : updates.lastByPerson,
      posted: updates.posted + 1,
      onTime: updates.onTime + (isLate ? 0 : 1),
      late: updates.late + (isLate ? 1 : 0),
      merged: updates.merged + merged,
      snoozed: byPerson ? false : updates.snoozed,
    },
  };
  const facts = {
    ...{ update: after.updates.posted, slot: next, lateBy: isLate ? lateBy : 0, merged },
    ...(merged > 0 && { mergedSlots: passed.first.slice(1) }),
  };
  return { after, facts };
}
