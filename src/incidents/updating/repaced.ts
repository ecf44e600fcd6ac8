import type { Incident } from '../../core/incident.ts';
import { clockOf } from './clock-of.ts';
import { nextFrom } from './update-slots.ts';

/**
 * The pace of what an incident is now. What was promised stays promised: the next update may come sooner than
 * it would have, never later.
 */
export function repaced(incident: Incident, now: number): Incident {
  const { updates } = incident;
  const every = clockOf(incident).updateEvery;
  const fresh = nextFrom(incident, now, every);
  const sooner = updates.next !== null && fresh !== null && updates.next < fresh;
  return promised({ ...incident, updates: { ...updates, every } }, sooner ? updates.next : fresh);
}

/** The incident with its next update promised for that moment by a person: the overdue ladder counts from it. */
export function promised(incident: Incident, next: number | null): Incident {
  const { overdue: _old, reminder: _reminder, ...others } = incident.counted;
  const overdue = next === null ? {} : { overdue: { from: next, done: 0 } };
  return {
    ...incident,
    updates: { ...incident.updates, next },
    counted: { ...others, ...overdue },
  };
}
