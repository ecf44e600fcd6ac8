import type { Config } from '../config/config.ts';
import type { Action } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { Driver } from '../core/driver.ts';
import type { Log } from '../core/log.ts';
import type { Query } from '../core/query.ts';
import type { Readiness } from '../core/readiness.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Store } from '../store/open-store.ts';

/** What comes from outside: the configuration, the lists, the database, and time and chance. */
export interface GatehouseParts {
  config: Config & { slack: NonNullable<Config['slack']> };
  drivers: readonly Driver[];
  queries: readonly Query[];
  actions: readonly Action[];
  /** One attempt to open the database. */
  openStore(): Promise<Store>;
  clock: Clock;
  log: Log;
  redactor: Redactor;
  /** A few letters that a person can quote when something broke. */
  faultCode(): string;
  /** A new id for a run, short enough to be typed. */
  runId(): string;
  /** Which process this is, for the audit. */
  agent: string;
  /** From 0 to 1. */
  random(): number;
  /** So many bytes that nobody can guess. */
  randomBytes(size: number): Uint8Array;
  /** How long Slack may take to say who somebody is, in milliseconds, when that is not as usual. */
  lookUpFor?: number;
}

/** The whole of Gatehouse. */
export interface Gatehouse {
  /**
   * Begins to take deliveries; waits neither for Slack nor for the database. Answers the address of
   * the HTTP server.
   *
   * @throws {Error} when that address cannot be listened on.
   */
  start(): Promise<string>;
  /** Takes nothing more, waits this many milliseconds for what has begun, and lets go of everything. */
  stop(patience: number): Promise<void>;
  /** Whether Slack reaches it. */
  ready(): Readiness;
  /** Resolves with sentences when somebody has to change something first: for the database, or on a ladder. */
  broken: Promise<string>;
}
