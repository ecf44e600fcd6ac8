import { type Deadline, type Incident, isOpen } from '../../core/incident.ts';

/** When the evidence is asked for that nobody has asked for yet; not before it is known what it is about. */
export function evidenceDeadline({ evidence, security, state, target }: Incident): Deadline | null {
  if (!security || !isOpen(state) || target === null) return null;
  return evidence?.state === 'wanted'
    ? { kind: 'evidence', at: evidence.at, step: evidence.tries }
    : null;
}
