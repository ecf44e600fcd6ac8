import type { Incidents } from '../core/incidents.ts';
import { figureIn } from '../views/text/fact.ts';
import type { Tally } from '../web/metrics.ts';

/** Counts what this process did for incidents. */
export interface IncidentMeter {
  /** The same incidents, with what is done to them counted. */
  counting(incidents: Incidents): Incidents;
  tallies: readonly Tally[];
}

/** Nothing is counted yet. */
export function createIncidentMeter(): IncidentMeter {
  const updates = { posted: 0, late: 0, merged: 0 };
  const repaired = { timers: 0 };
  const told = { reminders: 0, calls: 0, red_again: 0 };
  const count: Record<string, (facts: Parameters<typeof figureIn>[0]) => void> = {
    'incident.updated': (facts) => posted(facts),
    'incident.unchanged': (facts) => posted(facts),
    'incident.reminded': () => (told.reminders += 1),
    'incident.update-overdue': () => (told.reminders += 1),
    'incident.escalated': () => (told.calls += 1),
    'incident.red-again': () => (told.red_again += 1),
    'incident.repaired': ({ deadlines }) => {
      repaired.timers += Array.isArray(deadlines) ? deadlines.length : 1;
    },
  };
  const posted = (facts: Parameters<typeof figureIn>[0]) => {
    updates.posted += 1;
    updates.late += (figureIn(facts, 'lateBy') ?? 0) > 0 ? 1 : 0;
    updates.merged += figureIn(facts, 'merged') ?? 0;
  };
  return {
    counting: (incidents) => ({
      ...incidents,
      transition: async (change) => {
        const done = await incidents.transition(change);
        const { event, facts } = change.audit;
        if (done.kind === 'done' && Object.hasOwn(count, event)) count[event]?.(facts);
        return done;
      },
    }),
    tallies: [
      {
        name: 'incident_updates',
        help: 'Updates of incidents that this process posted, those of them that were late, and slots that were merged into another.',
        read: () => updates,
      },
      {
        name: 'incident_promises',
        help: 'Reminders of updates, calls of people, and checks that were red again while they were watched.',
        read: () => told,
      },
      {
        name: 'incident_timers_repaired',
        help: 'Timers of incidents that were missing and were put back.',
        read: () => repaired,
      },
    ],
  };
}
