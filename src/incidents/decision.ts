import type { AuditEntry } from '../core/audit.ts';
import type { Incident } from '../core/incident.ts';
import type { IncidentMessage } from '../core/incidents.ts';

/** Who can be reached under a name of the ladder at a moment. */
export interface Reached {
  /** Slack user ids. */
  people: readonly string[];
  /** Of these whoever its on-call lists name; left out where it names none, so that all of them count. */
  oncall?: readonly string[];
  /** Why there is nobody; null where there is somebody. */
  why: string | null;
}

/** Who can be reached under each name of the ladder. */
export type Reach = Readonly<Record<string, Reached>>;

/** Who is on call under a name: others may be reached under it as well, such as all who have a role. */
export const onCallUnder = (reach: Reach, name: string): readonly string[] =>
  reach[name]?.oncall ?? reach[name]?.people ?? [];

/** Who does something and when. */
export interface Circumstances {
  /** A Slack user and team; null for Gatehouse itself. */
  by: { id: string; team: string } | null;
  /** By the database's clock, in milliseconds since 1970. */
  now: number;
  /** The roles that the person holds in the configuration. */
  holds: readonly string[];
  /** Who can be called; looked up only where the command may call somebody. */
  reach: Reach;
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
