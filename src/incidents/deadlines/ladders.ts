import { type Deadline, type Incident, isOpen } from '../../core/incident.ts';
import { countOf, type LadderKind, stepsOf } from '../calling/ladder.ts';

/** When the next rung is called while nobody has acknowledged it. */
export const acknowledgeDeadline = (incident: Incident): Deadline | null =>
  isOpen(incident.state) && incident.acknowledged === null ? rung(incident, 'acknowledge') : null;

/** When the next rung is called while it lasts, acknowledged or not: once it is only watched, nobody is. */
export const unresolvedDeadline = (incident: Incident): Deadline | null =>
  isOpen(incident.state) && incident.state !== 'monitoring' && incident.state !== 'triage'
    ? rung(incident, 'unresolved')
    : null;

function rung(incident: Incident, kind: LadderKind): Deadline | null {
  const { from, done } = countOf(incident, kind);
  const next = stepsOf(incident, kind)[done];
  return next ? { kind, at: from + next.after, step: done } : null;
}
