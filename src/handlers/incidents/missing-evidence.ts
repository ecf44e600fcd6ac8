import type { Incident } from '../../core/incident.ts';
import type { Run } from '../../core/run.ts';
import type { IncidentLife } from '../../incidents/incident-life.ts';

/**
 * The incident about security in which something destructive is asked for before evidence of its service is kept;
 * null when there is nothing to warn of. Nothing waits for it: when it cannot be read, nothing is said.
 */
export async function missingEvidence(
  { incident: id, plan }: Run,
  incidents: Pick<IncidentLife, 'find'> | undefined,
): Promise<Incident | null> {
  if (id === undefined || plan?.risk !== 'destructive' || !incidents) return null;
  const found = await incidents.find(id).catch(() => null);
  return found?.security && (found.evidence?.kept ?? null) === null ? found : null;
}
