import { type Deadline, type Escalation, type Incident, isOpen } from '../../core/incident.ts';
import { clockOf, isGrave } from '../updating/clock-of.ts';

/** How long somebody has to answer, in milliseconds. */
export const patience = {
  /** Whether they are still on it. */
  stillOnIt: 5 * 60_000,
  /** Whether they come. */
  escalation: 5 * 60_000,
  /** Whether they take a role over. */
  handover: 10 * 60_000,
  /** What the severity is. */
  severity: 10 * 60_000,
  /** Who leads, and who speaks. */
  leaderless: 5 * 60_000,
  speechless: 10 * 60_000,
};

/** How often is asked for a severity to be confirmed, and for somebody to lead. */
export const asked = { severity: 3, leader: 6 };

/** Whether whoever acknowledged was asked and has given no sign of life since. */
export function isAsked({ counted, lastActivity, acknowledged }: Incident): boolean {
  const count = counted['still-on-it'];
  if (!count || count.done === 0) return false;
  return lastActivity <= count.from && (acknowledged?.at ?? 0) <= count.from;
}

/** When whoever acknowledged is asked whether they are still on it, and until when they may answer. */
export function stillOnItDeadline(incident: Incident): Deadline | null {
  const { acknowledged, counted, lastActivity, state } = incident;
  const after = clockOf(incident).acknowledgedFor;
  if (!isOpen(state) || acknowledged === null || after === null) return null;
  const from = counted['still-on-it']?.from ?? 0;
  if (isAsked(incident)) return { kind: 'still-on-it', at: from + patience.stillOnIt, step: 1 };
  const since = Math.max(lastActivity, acknowledged.at, from);
  return { kind: 'still-on-it', at: since + after, step: 0 };
}

/** When it is asked for the severity that nobody was sure of. */
export function severityDeadline({
  provisional,
  state,
  counted,
  times,
}: Incident): Deadline | null {
  const { from, done } = counted['confirm-severity'] ?? { from: times.declared, done: 0 };
  if (!isOpen(state) || !provisional || done >= asked.severity) return null;
  return { kind: 'confirm-severity', at: from + patience.severity, step: done };
}

/** When it is said that nobody leads; or once, in a grave one, that nobody speaks for it. */
export function roleDeadline(incident: Incident): Deadline | null {
  const { state, roles, counted, times } = incident;
  if (!isOpen(state)) return null;
  const { from, done } = counted['role-unclaimed'] ?? { from: times.declared, done: 0 };
  const kind = 'role-unclaimed';
  if (roles.commander === undefined) {
    return done < asked.leader ? { kind, at: from + patience.leaderless, step: done } : null;
  }
  if (roles.communications !== undefined || !isGrave(incident) || done > 0) return null;
  return { kind, at: from + patience.speechless, step: 0 };
}

/** When the first offer of a role ends that nobody has answered. */
export function handoverDeadline({ handovers, state }: Incident): Deadline | null {
  if (!isOpen(state) || handovers.length === 0) return null;
  const at = Math.min(...handovers.map((one) => one.at)) + patience.handover;
  return { kind: 'handover', at, step: 0 };
}

/**
 * Whoever was called and has not answered. Those that the ladder of acknowledgement called are followed by
 * its next rung, and by nobody once it is acknowledged.
 */
export const unanswered = ({ escalations }: Pick<Incident, 'escalations'>): Escalation[] =>
  escalations.filter(({ answer, cause }) => answer === null && cause !== 'acknowledge');

/** When the next contact is called because one has not answered. */
export function answerDeadline(incident: Incident): Deadline | null {
  const open = unanswered(incident);
  if (!isOpen(incident.state) || open.length === 0) return null;
  const at = Math.min(...open.map((one) => one.at)) + patience.escalation;
  return { kind: 'escalation-answer', at, step: 0 };
}
