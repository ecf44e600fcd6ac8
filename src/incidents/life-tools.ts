import type { IncidentRules } from '../core/incident-rules.ts';
import type { Incidents } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import type { Target } from '../core/target.ts';
import type { Reach } from './decision.ts';

/** What the life of incidents is made of. */
export interface LifeTools {
  incidents: Incidents;
  /** What an incident about this promises from now on. */
  rulesFor(target: Target | null): IncidentRules;
  /** Who can be reached now under the names of the rules. Never throws: it says why there is nobody. */
  reach(rules: IncidentRules, now: number): Promise<Reach>;
  /** A new id for a change, the same for every try of it. */
  newId(): string;
  log: Log;
  /** Waits so many milliseconds. */
  sleep(ms: number): Promise<void>;
}
