import type { Incident, IncidentRole, IncidentState } from './incident.ts';
import type { Severity } from './severity.ts';

/** Why nothing was done to an incident. */
export type IncidentRefusal =
  | { kind: 'no-such-incident'; id: string }
  /** The button stood on a card that was out of date. */
  | { kind: 'out-of-date'; id: string; now: IncidentState; by: string | null; at: number }
  | { kind: 'already'; what: string; by: string | null; at: number | null }
  | { kind: 'not-from-here'; from: IncidentState; to: IncidentState }
  | { kind: 'over'; id: string; state: IncidentState }
  /** What has to be said for that, where it is not the reason, and by which flag a command takes it. */
  | { kind: 'needs-reason'; what: string; atLeast: number; said?: string; flag?: string }
  /** It was declared already, a moment ago; `wanted` is how bad somebody says that it is, null when they are not sure. */
  | { kind: 'duplicate'; incident: Incident; wanted: Severity | null }
  | { kind: 'needs-watch' }
  /** Somebody else may: the roles in the incident and the roles of the configuration that could. */
  | {
      kind: 'may-not';
      what: string;
      roles: readonly IncidentRole[];
      holders: readonly string[];
      /** By which they can be asked to do it: the incident as it was seen, and what is wished. */
      plea?: { id: string; version: number; wish: string };
    }
  /** It is not known who wants it: a directory does not answer. */
  | { kind: 'unverified'; why: string }
  | { kind: 'not-yours'; what: string; whose: string | null }
  | { kind: 'out-of-bounds'; what: string; least: number; most: number }
  | { kind: 'wrong-times'; why: string }
  | { kind: 'unknown-contact'; name: string; known: readonly string[] }
  | { kind: 'not-now'; why: string }
  /** The database did not answer; nothing was done. */
  | { kind: 'unavailable'; why: string };
