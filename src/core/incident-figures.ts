import type { Severity } from './severity.ts';

/** How long something took in the middle and in all but the slowest tenth, in milliseconds; null where it never came to it. */
export interface Spread {
  count: number;
  p50: number | null;
  p90: number | null;
}

/** How incidents went, of all of them, of one severity or of one service. Those that were cancelled count as such and as nothing else. */
export interface IncidentStats {
  /** A severity such as `1`, the name of a service, or `all`. */
  group:
    | { by: 'all' }
    | { by: 'severity'; severity: Severity }
    | { by: 'service'; service: string };
  incidents: number;
  cancelled: number;
  /** From the beginning of the impact until it was noticed, as far as people said when that was. */
  detect: Spread;
  /** From the declaration on. */
  acknowledge: Spread;
  mitigate: Spread;
  resolve: Spread;
  /** Acknowledgements that were promised, and those in time; what is still open is not counted as late before it is. */
  acknowledgements: { promised: number; kept: number };
  updates: { onTime: number; late: number; merged: number };
  /** Updates that people were reminded of, calls after the declaration, and checks that were red again. */
  reminders: number;
  escalations: number;
  redAgain: number;
}

/** Which incidents are counted. */
export interface StatsQuery {
  /** Declared at this moment or later, in milliseconds since 1970. */
  since: number;
  service?: string;
}

/** How incidents are at this moment. */
export interface IncidentPulse {
  /** How many are open, by severity. */
  open: Readonly<Record<Severity, number>>;
  /** By how much the latest deadline is overdue that nobody has met, in milliseconds; 0 when none is. */
  lag: number;
}

/** Figures over incidents. They are computed where incidents are kept, and none of them is loaded for it. */
export interface IncidentFigures {
  /** All of them first, then by severity, then by service. */
  stats(query: StatsQuery): Promise<readonly IncidentStats[]>;
  pulse(): Promise<IncidentPulse>;
}
