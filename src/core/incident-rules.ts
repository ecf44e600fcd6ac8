import type { Severity } from './severity.ts';

/** Who is told, in this order of need: an on-call list, a role or a person, as the configuration names them. */
export interface Contact {
  /** The name the ladder and people use, such as `secondary` or `ciso`. */
  name: string;
  /** `user:U…`, `group:S…`, `oncall:NAME` or `role:NAME`. */
  who: readonly string[];
  /** Where else they can be reached when Slack cannot. */
  email?: readonly string[];
  /** Under which name the configuration keeps the address of the webhook, which is a secret. */
  webhook?: string;
}

/** When a contact is called, in milliseconds after what the ladder counts from. */
export interface Rung {
  after: number;
  contact: string;
}

/** The promises of one severity. All times are in milliseconds; null is never. */
export interface SeverityClock {
  /** How long nobody has to have acknowledged it before the first rung. */
  acknowledge: number | null;
  /** Between two updates. */
  updateEvery: number | null;
  /** Whether updates rest outside of working hours. */
  workingHours: boolean;
  /** Who is called while nobody acknowledges, counted from the declaration. */
  unacknowledged: readonly Rung[];
  /** Who is called while it is not resolved, counted from the declaration; acknowledged or not. */
  unresolved: readonly Rung[];
  /** Without a sign of life for this long, whoever acknowledged is asked whether they are still on it. */
  acknowledgedFor: number | null;
  /** How long the checks have to stay good after it was mitigated, and after a release was changed. */
  watch: number;
  watchAfterRelease: number;
  /** In working days after it was resolved; null where a review is optional. */
  reviewDays: number | null;
}

/** When people work, on the clocks of a zone. */
export interface WorkingHours {
  zone: string;
  /** 1 is Monday, 7 is Sunday. */
  days: readonly number[];
  /** In minutes after midnight; `to` is no part of it. */
  from: number;
  to: number;
}

/** Everything that an incident promises, as it stood when it was declared: later edits change no running one. */
export interface IncidentRules {
  clock: Readonly<Record<Severity, SeverityClock>>;
  /** What of a clock is otherwise while the incident is about security. */
  security: Pick<SeverityClock, 'unacknowledged' | 'unresolved' | 'watch'> & {
    updateEvery: number;
  };
  contacts: readonly Contact[];
  /** What the runbook of the service calls each severity, such as `P0`. */
  words: Readonly<Partial<Record<Severity, string>>>;
  /** The least and the most that a person may set between two updates, in milliseconds. */
  cadence: { least: number; most: number };
  /** The roles of the configuration that may acknowledge, that decide, and that answer for security. */
  roles: {
    /** Empty where everybody may acknowledge. */
    responders: readonly string[];
    managers: readonly string[];
    security: readonly string[];
  };
  /** Where incidents are announced, and where customers' people read; null is nowhere. */
  channels: { announce: string | null; stakeholders: string | null };
  working: WorkingHours;
  /**
   * For so many milliseconds after one was declared, whoever declares the same service sees that one first; null is
   * never.
   */
  duplicateWithin: number | null;
}
