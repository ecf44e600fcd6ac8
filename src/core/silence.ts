import { type Incident, isOpen } from './incident.ts';

/** How many reminders of an overdue update there are; the one after the last says that there are no more. */
export const mostOverdue = 6;

/**
 * Since when no person has given an update of an incident of which nobody is reminded any more, in milliseconds since
 * 1970; null while somebody is, or nothing is due. The next update of a person ends it.
 */
export function silentSince({ state, updates, counted, times }: Incident): number | null {
  const ended = (counted.overdue?.done ?? 0) > mostOverdue;
  if (!ended || !isOpen(state) || updates.every === null) return null;
  return updates.lastByPerson ?? times.declared;
}

/** The silent ones first, the others as they stood. */
export const silentFirst = (incidents: readonly Incident[]): Incident[] =>
  incidents.toSorted((a, b) => silence(b) - silence(a));

const silence = (incident: Incident): number => Number(silentSince(incident) !== null);
