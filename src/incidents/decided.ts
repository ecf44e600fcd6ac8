import type { AuditEntry } from '../core/audit.ts';
import type { Deed, Incident } from '../core/incident.ts';
import type { IncidentEventName } from '../core/incident-events.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';
import type { IncidentMessage } from '../core/incidents.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Circumstances, Decision } from './decision.ts';

/** What is decided about one kind of command. */
export type Decide<Command> = (
  incident: Incident,
  command: Command,
  circumstances: Circumstances,
) => Result<Decision, IncidentRefusal>;

/** A change: what the incident becomes, what it is called in the record, and everything that this says. */
export const decided = (
  after: Incident,
  what: IncidentEventName,
  facts: AuditEntry['facts'],
  messages: readonly IncidentMessage[],
): Result<Decision, IncidentRefusal> => ok({ after, event: `incident.${what}`, facts, messages });

/** Nothing is changed, for this reason. */
export const refused = (refusal: IncidentRefusal): Result<Decision, IncidentRefusal> =>
  err(refusal);

/** What somebody does now: Gatehouse itself when nobody does. */
export const deedOf = ({ by, now }: Circumstances): Deed => ({
  by: by?.id ?? 'gatehouse',
  at: now,
});

/** The least number of characters that a reason has. */
export const leastReason = 10;

/** Whether a text says enough to be a reason. */
export const isReason = (text: string | null): text is string =>
  text !== null && text.trim().length >= leastReason;
