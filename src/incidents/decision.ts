import type { AuditEntry } from '../core/audit.ts';
import type { Incident } from '../core/incident.ts';
import type { IncidentMessage } from '../core/incidents.ts';

/** Who does something and when. */
export interface Circumstances {
  /** A Slack user and team; null for Gatehouse itself. */
  by: { id: string; team: string } | null;
  /** By the database's clock, in milliseconds since 1970. */
  now: number;
  /** The roles that the person holds in the configuration. */
  holds: readonly string[];
}

/** What an incident becomes, what the record of it says, and who is told. */
export interface Decision {
  /** All of it but version and time of change, which the store sets. */
  after: Incident;
  /** Such as `incident.acknowledged`. */
  event: string;
  /** Everything that the timeline and the notice of it say. */
  facts: AuditEntry['facts'];
  messages: readonly IncidentMessage[];
}

/** The place of an incident's own channel in the outbox: wherever that is when the message is sent. */
export const roomOf = (incident: Pick<Incident, 'id'>): string => `incident:${incident.id}`;
