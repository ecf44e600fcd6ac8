import { messageOf } from '../core/errors.ts';
import type { Incident, TracesAnswer } from '../core/incident.ts';
import type { Incidents } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import { tracesDeadline } from './deadlines/traces.ts';
import type { IncidentLife } from './incident-life.ts';

/** What it takes to take away what everybody could read. */
export interface TracesTools {
  incidents: Pick<Incidents, 'find'>;
  life: Pick<IncidentLife, 'do'>;
  /** Looks for everything that an incident has said where everybody reads it, and empties it. Done again it does no harm. */
  clear(incident: Incident): Promise<TracesAnswer>;
  log: Log;
}

/** What this process is taking away. */
export interface TracesClearing {
  /** Looks for the traces of an incident, when that is due; nobody waits for Slack here. */
  begin(incident: string): void;
  /** Begins nothing more, and resolves once everything that was begun has come to an end. */
  stop(): Promise<void>;
}

/** Nothing is being taken away yet. What is not done is still due, and found again by whoever looks next. */
export function clearingTraces(tools: TracesTools): TracesClearing {
  const going = new Map<string, Promise<void>>();
  let stopped = false;
  return {
    begin(id) {
      if (stopped || going.has(id)) return;
      const ends = clearOnce(tools, id)
        .catch((error: unknown) => {
          const fields = { incident: id, why: messageOf(error) };
          tools.log.warn(fields, 'What everybody could read still stands; that is tried again');
        })
        .finally(() => going.delete(id));
      going.set(id, ends);
    },
    stop: async () => {
      stopped = true;
      await Promise.all(going.values());
    },
  };
}

async function clearOnce({ incidents, life, clear }: TracesTools, id: string): Promise<void> {
  const found = await incidents.find(id);
  const due = found && tracesDeadline(found.incident);
  const traces = found?.incident.traces;
  if (!due || due.at > found.now || !traces) return;
  const answer = await clear(found.incident);
  const { wantedBy, tries } = traces;
  await life.do(id, { kind: 'traces', wantedBy, tries, answer }, null);
}
