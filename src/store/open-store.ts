import type { Anchors } from '../core/anchor.ts';
import type { Audit, Notes } from '../core/audit.ts';
import type { BreakGlassUses } from '../core/break-glass.ts';
import type { Claims } from '../core/claims.ts';
import type { Clock } from '../core/clock.ts';
import type { IncidentFigures } from '../core/incident-figures.ts';
import type { IncidentSamples, Incidents, Presence } from '../core/incidents.ts';
import type { Intake } from '../core/intake.ts';
import type { Jobs } from '../core/jobs.ts';
import type { KillSwitch } from '../core/kill-switch.ts';
import type { TimerWatch } from '../core/late-timers.ts';
import type { Locks } from '../core/locks.ts';
import type { Log } from '../core/log.ts';
import type { Outbox } from '../core/outbox.ts';
import type { Pace, PaceLimits } from '../core/pace.ts';
import type { FactorRows } from '../core/second-factor.ts';
import type { Secret } from '../core/secret.ts';
import type { Suspensions } from '../core/suspensions.ts';
import type { Tally } from '../core/tally.ts';
import type { Runs } from '../core/transition.ts';

/** Where the state is kept. */
export interface DatabaseOptions {
  /** A PostgreSQL server. Without one, the state is kept by an embedded database in `dataDir`. */
  databaseUrl?: Secret | undefined;
  /** The same server as the owner of the tables, when `databaseUrl` names somebody with fewer rights. */
  migrationUrl?: Secret | undefined;
  /** The folder of the embedded database; made when it is missing. */
  dataDir: string;
  log: Log;
}

/** Where the anchors of the audit are copied to. */
export interface AnchorCopying {
  /** A channel; null for none. */
  channel: string | null;
  /** A file that is only appended to; null for none. */
  file: string | null;
}

/** What a store needs. */
export interface StoreOptions extends DatabaseOptions {
  /** Where the anchors of the audit are copied to; nowhere without it. */
  anchors?: AnchorCopying;
  /** How often Slack's methods may be called; without it they have no pace. */
  pace?: PaceLimits;
  /** What leases are watched by; every decision is made by the database's own clock. */
  clock: Pick<Clock, 'monotonic'>;
}

/** The state of Gatehouse: what must outlive the process. */
export interface Store {
  kind: 'embedded' | 'postgres';
  intake: Intake;
  jobs: Jobs;
  runs: Runs;
  audit: Audit;
  locks: Locks;
  claims: Claims;
  outbox: Outbox;
  pace: Pace;
  killSwitch: KillSwitch;
  tally: Tally;
  notes: Notes;
  anchors: Anchors;
  suspensions: Suspensions;
  secondFactors: FactorRows;
  breakGlass: BreakGlassUses;
  incidents: Incidents;
  incidentSamples: IncidentSamples;
  incidentFigures: IncidentFigures;
  presence: Presence;
  lateTimers: TimerWatch;
  /** Asks the database for an answer; throws when there is none in time. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its tables up to date. Database code is loaded here and not before.
 *
 * @throws {StoreBusy} when another process has the data folder open.
 * @throws {StoreError} when there is something that somebody has to change first.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const [{ storeOver }, { openEngine }] = await Promise.all([
    import('./store-over.ts'),
    import('./database/open-engine.ts'),
  ]);
  return storeOver(await openEngine(options), options.log, options.clock, options);
}
