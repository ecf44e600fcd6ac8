import type { Incident } from '../core/incident.ts';
import type { IncidentDeed } from '../core/incident-command.ts';

/**
 * Whether somebody may do it although nobody says whether they still belong here: what calls for help or says that
 * help has come, since to refuse that is the greater harm, and words of those whom the incident itself names.
 * Whatever else changes something waits for the directory.
 */
export function mayUnverified(incident: Incident, deed: IncidentDeed, id: string): boolean {
  const { roles, acknowledged } = incident;
  if (['acknowledge', 'add-note', 'escalate', 'answer-escalation', 'stay'].includes(deed.kind)) {
    return true;
  }
  const named = acknowledged?.by === id || Object.values(roles).some(({ by }) => by === id);
  if (deed.kind === 'update') return named && deed.stakeholders === null && deed.state === null;
  return named && deed.kind === 'no-change';
}
