import { messageOf } from '../core/errors.ts';
import type { Evidence, Incident } from '../core/incident.ts';
import type { EvidenceAnswer } from '../core/incident-command.ts';
import type { Incidents } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import { evidenceDeadline } from './deadlines/evidence.ts';
import type { IncidentLife } from './incident-life.ts';

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

/** The evidence that this process is asking for. */
export interface EvidenceKeeping {
  /** Asks for what an incident wants, when it does; nobody waits for that here. */
  begin(incident: string): void;
  /** Begins nothing more, and resolves once everything that was begun has come to an end. */
  stop(): Promise<void>;
}

/** What makes the same evidence the same run, whoever asks for it and however often, but for each repeat its own. */
export const evidenceOrigin = (
  incident: string,
  { wantedBy, repeats = 0 }: Pick<Evidence, 'wantedBy' | 'repeats'>,
): string => `evidence:${incident}:${wantedBy}${repeats === 0 ? '' : `:${repeats}`}`;

/** Nothing is being asked for yet. What is not done is still due, and found again by whoever looks next. */
export function keepingEvidence(tools: EvidenceTools): EvidenceKeeping {
  const going = new Map<string, Promise<void>>();
  let stopped = false;
  return {
    begin(id) {
      if (stopped || going.has(id)) return;
      const ends = askOnce(tools, id)
        .catch((error: unknown) => {
          const fields = { incident: id, why: messageOf(error) };
          tools.log.warn(
            fields,
            'Evidence of an incident is not asked for yet; that is tried again',
          );
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

async function askOnce({ incidents, life, ask }: EvidenceTools, id: string): Promise<void> {
  const found = await incidents.find(id);
  const due = found && evidenceDeadline(found.incident);
  const evidence = found?.incident.evidence;
  if (!due || due.at > found.now || evidence === undefined) return;
  const answer = await ask(found.incident, evidenceOrigin(id, evidence));
  const { wantedBy, repeats = 0 } = evidence;
  await life.do(id, { kind: 'evidence', wantedBy, repeats, answer }, null);
}
