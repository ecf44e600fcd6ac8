import type { Impact, Incident } from '../core/incident.ts';
import type { IncidentCommand } from '../core/incident-command.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';
import type { IncidentQuery } from '../core/incidents.ts';
import type { Result } from '../core/result.ts';
import type { Severity } from '../core/severity.ts';
import type { Target } from '../core/target.ts';

/** What somebody declares. */
export interface Declaration {
  title: string;
  /** Null when nobody is sure: it begins as a provisional SEV2. */
  severity: Severity | null;
  security: boolean;
  target: Target | null;
  impact: readonly Impact[];
  /** What was seen so far; null when nobody said. */
  seen: string | null;
  /** Whether whoever is on call is called at once. */
  page: boolean;
  /** `holds` are the roles of the configuration that they hold: without them they see no incident about security. */
  by: { id: string; team: string; holds?: readonly string[] };
  /** Whether they know of the other incidents, and want another one all the same. */
  another?: boolean;
  /** The channel it was declared in. */
  askedIn: string | null;
  /** The same for every copy of the delivery it came of; null where nobody can say. */
  origin: string | null;
}

/** Who does something: a person with the roles they hold in the configuration, or Gatehouse itself. */
export type Actor = {
  id: string;
  team: string;
  holds: readonly string[];
  /** Why it is not known who that is; then only what does the lesser harm is done. */
  unverified?: string | null;
} | null;

/** The life of incidents: what the desk, the timers and the channels do to them. */
export interface IncidentLife {
  /** Refused as a duplicate while there is one about the same target that was declared lately. */
  declare(declaration: Declaration): Promise<Result<Incident, IncidentRefusal>>;
  /**
   * Decides by the incident as it is now, and again when somebody else was first. With `seen`, the version
   * of the card that was clicked, what has been overtaken meanwhile is refused as out of date.
   */
  do(
    id: string,
    command: IncidentCommand,
    by: Actor,
    seen?: number,
  ): Promise<Result<Incident, IncidentRefusal>>;
  find(id: string): Promise<Incident | null>;
  /** The incident of a channel. */
  inChannel(channel: string): Promise<Incident | null>;
  list(query: IncidentQuery): Promise<readonly Incident[]>;
}
