import { messageOf } from '../../core/errors.ts';
import type { Incident } from '../../core/incident.ts';
import type { Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import { isOver, type Run, type RunState } from '../../core/run.ts';
import type { Runs } from '../../core/transition.ts';
import type { IncidentLife } from '../incident-life.ts';
import { endedUntouched, isEarlier, runMoment } from '../run-moments.ts';

/** What incidents hear of their runs through. */
export interface TellingOfRuns {
  life: Pick<IncidentLife, 'do'>;
  incidents: Pick<Incidents, 'unfinished'>;
  runs: Pick<Runs, 'ofIncident'>;
  log: Log;
}

/** Tells incidents of their runs: at once, and again where nobody was there to do it. */
export interface RunTeller {
  /** A run has changed. */
  changed(run: Run): void;
  /** Looks through all that is open for what was not told. */
  all(): Promise<void>;
}

/** Each moment is told once: the incident itself knows the last one that it has heard of. */
export function tellOfRuns({ life, incidents, runs, log }: TellingOfRuns): RunTeller {
  const tell = async (run: Run, event = runMoment(run)): Promise<void> => {
    if (event === null || run.incident === undefined) return;
    const { id, action, target, state, requestedBy, why } = run;
    const untouched = endedUntouched(run);
    const facts = { action, ...target, state, why, ...(untouched && { untouched }) };
    const command = { kind: 'run', run: id, event, by: requestedBy.id, facts } as const;
    await life.do(run.incident, command, null).catch((error: unknown) => {
      const fields = { incident: run.incident, run: id, why: messageOf(error) };
      log.warn(fields, 'An incident has not heard of its run yet; that is tried again');
    });
  };
  return {
    changed: (run) => void tell(run),
    async all() {
      for (const { incident } of await incidents.unfinished()) {
        for (const run of await runs.ofIncident(incident.id)) {
          const moment = newsOf(incident, run);
          if (moment !== null) await tell(run, moment);
        }
      }
    },
  };
}

/** What an incident has not heard of a run yet; null when it has. */
function newsOf(incident: Incident, run: Run): string | null {
  const moment = runMoment(run) ?? awaitedEnd(incident, run);
  const heard = incident.runs[run.id];
  if (moment === null || heard === moment) return null;
  return heard === undefined || isEarlier(heard, moment) ? moment : null;
}

/** The end of the evidence that an incident takes for being kept, also of a request that was turned down at once. */
const awaitedEnd = ({ evidence }: Incident, { id, state }: Run): RunState | null =>
  evidence?.state === 'asked' && evidence.run === id && isOver(state) ? state : null;
