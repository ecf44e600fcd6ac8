import type { Evidence, Incident } from '../../core/incident.ts';
import type { EvidenceAnswer } from '../../core/incident-command.ts';
import type { Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import { evidenceDeadline } from '../deadlines/evidence.ts';
import type { IncidentLife } from '../incident-life.ts';
import { type Beside, beside } from './beside.ts';

/** What it takes to have evidence kept. */
export interface EvidenceTools {
  incidents: Pick<Incidents, 'find'>;
  life: Pick<IncidentLife, 'do'>;
  /**
   * Asks for a copy of what the service of the incident shows, as the run it is. Of one {@link evidenceOrigin} there
   * is one run, however often it is asked for. @throws when nobody knows what came of it.
   */
  ask(incident: Incident, origin: string): Promise<EvidenceAnswer>;
  log: Log;
}

/** What makes the same evidence the same run, whoever asks for it and however often, but for each repeat its own. */
export const evidenceOrigin = (
  incident: string,
  { wantedBy, repeats = 0 }: Pick<Evidence, 'wantedBy' | 'repeats'>,
): string => `evidence:${incident}:${wantedBy}${repeats === 0 ? '' : `:${repeats}`}`;

/** Asks for the evidence that incidents want. */
export const keepingEvidence = (tools: EvidenceTools): Beside =>
  beside((id) => askOnce(tools, id), {
    log: tools.log,
    failed: 'Evidence of an incident is not asked for yet; that is tried again',
  });

async function askOnce({ incidents, life, ask }: EvidenceTools, id: string): Promise<void> {
  const found = await incidents.find(id);
  const due = found && evidenceDeadline(found.incident);
  const evidence = found?.incident.evidence;
  if (!due || due.at > found.now || evidence === undefined) return;
  const answer = await ask(found.incident, evidenceOrigin(id, evidence));
  const { wantedBy, repeats = 0 } = evidence;
  await life.do(id, { kind: 'evidence', wantedBy, repeats, answer }, null);
}
