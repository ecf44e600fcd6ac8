import type { Incident } from '../../core/incident.ts';
import type { KeptPromises } from '../../core/incident-report.ts';
import type { Absence } from '../../core/incidents.ts';
import { clockOf } from '../updating/clock-of.ts';
import { missedFollowUps, missedUpdates, type ReadRecord } from './missed-promises.ts';

/** How an incident kept what was promised, from itself and its records. */
export function promisesOf(
  incident: Incident,
  records: readonly ReadRecord[],
  absences: readonly Absence[],
  now: number,
): KeptPromises {
  const { firstAcknowledged, times, updates } = incident;
  const count = (...events: string[]) =>
    records.filter(({ event }) => events.includes(event)).length;
  const said = records.find(({ event }) => event === 'incident.acknowledged')?.facts.within;
  const { posted, onTime, late, merged } = updates;
  const dated = incident.followUps.filter(({ due }) => due !== null).length;
  const followUps = missedFollowUps(incident, now);
  return {
    acknowledged: {
      took: firstAcknowledged === null ? null : firstAcknowledged.at - times.declared,
      within: typeof said === 'number' ? said : clockOf(incident).acknowledge,
    },
    updates: { posted, onTime, late, merged },
    followUps: { dated, kept: dated - followUps.length },
    missed: [...missedUpdates(records), ...followUps],
    reminders: count('incident.reminded', 'incident.update-overdue'),
    escalations: incident.escalations.filter(({ at }) => at > times.declared).length,
    redAgain: count('incident.red-again'),
    absent: absentIn(absences, times.declared, times.resolved ?? times.closed ?? now),
  };
}

const absentIn = (absences: readonly Absence[], from: number, until: number): number =>
  absences.reduce(
    (sum, gone) => sum + Math.max(0, Math.min(gone.until, until) - Math.max(gone.from, from)),
    0,
  );
