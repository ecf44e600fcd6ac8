import type { Incident, TracesAnswer } from '../../core/incident.ts';
import type { Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import { tracesDeadline } from '../deadlines/traces.ts';
import type { IncidentLife } from '../incident-life.ts';
import { type Beside, beside } from './beside.ts';

/** What it takes to take away what everybody could read. */
export interface TracesTools {
  incidents: Pick<Incidents, 'find'>;
  life: Pick<IncidentLife, 'do'>;
  /** Looks for everything that an incident has said where everybody reads it, and empties it. Done again it does no harm. */
  clear(incident: Incident): Promise<TracesAnswer>;
  log: Log;
}

/** Takes away what everybody could read of incidents. */
export const clearingTraces = (tools: TracesTools): Beside =>
  beside((id) => clearOnce(tools, id), {
    log: tools.log,
    failed: 'What everybody could read still stands; that is tried again',
  });

async function clearOnce({ incidents, life, clear }: TracesTools, id: string): Promise<void> {
  const found = await incidents.find(id);
  const due = found && tracesDeadline(found.incident);
  const traces = found?.incident.traces;
  if (!due || due.at > found.now || !traces) return;
  const answer = await clear(found.incident);
  const { wantedBy, tries } = traces;
  await life.do(id, { kind: 'traces', wantedBy, tries, answer }, null);
}
