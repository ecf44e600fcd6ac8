import type { AuditEntry } from './audit.ts';
import type { Health } from './health.ts';
import type { Incident, IncidentState } from './incident.ts';

/** An incident as it stands, and the database's clock when it was read, in milliseconds since 1970. */
export interface SeenIncident {
  incident: Incident;
  now: number;
}

/** One that is not over, and when the store will find it to be due; null when it never will. */
export interface UnfinishedIncident extends SeenIncident {
  wake: number | null;
}

/**
 * A message about an incident that the database says must reach Slack. An `incident` is its live card, one
 * for each place; a `notice` says once what the record of this very change says, and never changes.
 */
export interface IncidentMessage {
  kind: 'incident' | 'notice';
  /** A channel, or `user:U…` for that person's direct messages. */
  to: string;
  /** 0 is what somebody has to hear now, such as an escalation, 1 an update, 2 the rest. */
  urgency: 0 | 1 | 2;
}

/** One change of one incident. All of it happens, or nothing. */
export interface IncidentChange {
  /** As it was read and decided upon: the change holds for exactly this version. */
  before: Pick<Incident, 'id' | 'version'>;
  /** As it is to be; its version and time of change are set by the store. */
  after: Incident;
  audit: AuditEntry;
  /** Cards that there are already are shown anew after every change, named here or not. */
  messages: readonly IncidentMessage[];
}

/** What a list of incidents is narrowed by; all of it must hold. */
export interface IncidentQuery {
  states?: readonly IncidentState[];
  service?: string;
  /** Declared at this moment or later, in milliseconds since 1970. */
  since?: number;
  /** Only incidents with a lower number: the next page. */
  beforeNumber?: number;
  limit: number;
}

/** `moved-on`: somebody changed it first: read again and decide again. */
export type IncidentTransitioned = { kind: 'done'; incident: Incident } | { kind: 'moved-on' };

/** That the newest incident about the same target is over, was declared before then, or does not count. */
export interface Unless {
  /** Declared at this moment or later, by the database's clock, in milliseconds since 1970. */
  since: number;
  /** The ids of those that do not count. */
  but: readonly string[];
}

/** What became of a declaration: `fresh` when it is a new incident, `duplicate` when it is the one in its way. */
export interface DeclaredIncident {
  incident: Incident;
  fresh: boolean;
  duplicate?: true;
}

/** Where incidents are kept, and the only way to change one. */
export interface Incidents {
  /** The next number, and the database's clock. A number that is not used leaves a gap. */
  next(): Promise<{ number: number; now: number }>;
  /**
   * Writes a new one down, as version 1. Of one origin there is one incident: when there is one already,
   * that comes back and nothing is written. With `unless`, the same where another one is in its way; of two in
   * the same instant one is declared.
   *
   * @throws {GivenUpError} when the delivery that it came of was given up meanwhile.
   */
  declare(
    incident: Incident,
    origin: string | null,
    audit: AuditEntry,
    messages: readonly IncidentMessage[],
    unless?: Unless | null,
  ): Promise<DeclaredIncident>;
  find(id: string): Promise<SeenIncident | null>;
  findByOrigin(origin: string): Promise<SeenIncident | null>;
  /** The incident whose channel it is. */
  inChannel(channel: string): Promise<SeenIncident | null>;
  transition(change: IncidentChange): Promise<IncidentTransitioned>;
  /** Newest first. */
  list(query: IncidentQuery): Promise<readonly Incident[]>;
  /**
   * Takes up to so many whose next deadline has passed, for nobody else to take for `lease` milliseconds:
   * the worst severity first, then the most overdue.
   */
  takeDue(limit: number, lease: number): Promise<readonly SeenIncident[]>;
  /** In how many milliseconds the next one becomes due that is not yet; null when none will. */
  untilDue(): Promise<number | null>;
  /**
   * All that are not closed or cancelled, the open ones first, then the newest: what is looked through by the
   * minute. At most 1,000.
   */
  unfinished(): Promise<readonly UnfinishedIncident[]>;
  /** Shows the live cards anew though the incident itself did not change: one of its runs has. */
  refresh(id: string): Promise<void>;
  /** Calls back soon after this process changed when something is due. */
  onChanged(listener: () => void): void;
}

/** What the checks of an incident said in one minute. */
export interface Sample {
  /** The beginning of the minute, in milliseconds since 1970. */
  at: number;
  health: Health;
  /** What each check said. */
  checks: readonly { name: string; health: Health; took: number }[];
  /** The share of what failed, from 0 to 1: of requests or logins where the target tells, else null. */
  errorRate: number | null;
}

/** The history of the checks while an incident is open. */
export interface IncidentSamples {
  /** Whether this process is the one that looks in this minute. */
  claim(incident: string, at: number): Promise<boolean>;
  fill(incident: string, sample: Sample): Promise<void>;
  /** Those from `since` on, oldest first, at most 3,000. */
  since(incident: string, since: number): Promise<readonly Sample[]>;
}

/** A time in which no process of Gatehouse was there, in milliseconds since 1970. */
export interface Absence {
  from: number;
  until: number;
}

/** Whether anybody was there to send updates. */
export interface Presence {
  /** Says that this process is there now; answers the time before in which nobody was, once. */
  beat(): Promise<Absence | null>;
  /** Those that ended at `since` or later, oldest first. */
  absences(since: number): Promise<readonly Absence[]>;
}
