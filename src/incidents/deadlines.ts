import type { Deadline, DeadlineKind, Incident } from '../core/incident.ts';
import {
  followUpDeadline,
  reviewDeadline,
  setupDeadline,
  watchDeadline,
} from './deadlines/afterwards.ts';
import { evidenceDeadline } from './deadlines/evidence.ts';
import { acknowledgeDeadline, unresolvedDeadline } from './deadlines/ladders.ts';
import {
  answerDeadline,
  handoverDeadline,
  roleDeadline,
  severityDeadline,
  stillOnItDeadline,
} from './deadlines/people.ts';
import { tracesDeadline } from './deadlines/traces.ts';
import { overdueDeadline, reminderDeadline, updateDeadline } from './deadlines/updates.ts';

const planners: Record<DeadlineKind, (incident: Incident) => Deadline | null> = {
  setup: setupDeadline,
  evidence: evidenceDeadline,
  traces: tracesDeadline,
  acknowledge: acknowledgeDeadline,
  unresolved: unresolvedDeadline,
  'still-on-it': stillOnItDeadline,
  'confirm-severity': severityDeadline,
  'role-unclaimed': roleDeadline,
  reminder: reminderDeadline,
  update: updateDeadline,
  overdue: overdueDeadline,
  watch: watchDeadline,
  handover: handoverDeadline,
  'escalation-answer': answerDeadline,
  review: reviewDeadline,
  'follow-up': followUpDeadline,
};

/**
 * Every deadline that an incident needs, by all else that its document says: none of them is remembered by
 * itself, so that whatever was lost is found again. An open one always has what its state requires.
 */
export function requiredDeadlines(incident: Incident): Deadline[] {
  const all: Deadline[] = [];
  for (const plan of plans) {
    const deadline = plan(incident);
    if (deadline) all.push(incident.deadlines.find((one) => isSame(one, deadline)) ?? deadline);
  }
  return all;
}

const plans = Object.values(planners);

/** What the document should have and has not, or has otherwise. */
export const missingDeadlines = (incident: Incident): Deadline[] =>
  requiredDeadlines(incident).filter((one) => !isAmong(one, incident.deadlines));

/** Whether the document has a deadline that it should not have. */
export function hasWrongDeadline(incident: Incident): boolean {
  const required = requiredDeadlines(incident);
  return incident.deadlines.some((one) => !isAmong(one, required));
}

const isAmong = (deadline: Deadline, all: readonly Deadline[]): boolean =>
  all.some((one) => isSame(one, deadline));

const isSame = (one: Deadline, other: Deadline): boolean =>
  one.kind === other.kind && one.at === other.at && one.step === other.step;

/** What is done before anything else that is due: an update says what was overdue as well. */
const order: Partial<Record<DeadlineKind, number>> = { update: 0, setup: 2 };

/**
 * What has to be done next of everything that is due at a moment, one after the other; null when nothing is.
 * The update goes first, so that what was missed is one message.
 */
export function nextDue({ deadlines }: Pick<Incident, 'deadlines'>, now: number): Deadline | null {
  const rank = ({ kind }: Deadline): number => order[kind] ?? 1;
  const due = deadlines.filter(({ at }) => at <= now);
  return due.toSorted((a, b) => rank(a) - rank(b) || a.at - b.at)[0] ?? null;
}
