import type { Action } from '../core/action.ts';
import type { ApprovalPolicy } from '../core/approval-policy.ts';
import type { Notes } from '../core/audit.ts';
import type { BreakGlassUses, LateReview } from '../core/break-glass.ts';
import type { Claims } from '../core/claims.ts';
import type { Clock } from '../core/clock.ts';
import type { Depended } from '../core/dependencies.ts';
import type { Jobs } from '../core/jobs.ts';
import type { Limits } from '../core/limits.ts';
import type { Locks } from '../core/locks.ts';
import type { Log } from '../core/log.ts';
import type { Directory, Person, Role } from '../core/person.ts';
import type { Run } from '../core/run.ts';
import type { SecondFactor } from '../core/second-factor.ts';
import type { Tally } from '../core/tally.ts';
import type { Target } from '../core/target.ts';
import type { Targets } from '../core/targets.ts';
import type { Runs } from '../core/transition.ts';
import type { IncidentInQuestion } from '../permissions/incident-for-run.ts';
import type { ReadableIncident } from '../permissions/may-read-incident.ts';
import type { Sleep } from './sleep.ts';

/** What the life of a run needs from the rest of the house. */
export interface RunTools {
  actions: readonly Action[];
  targets: Pick<Targets, 'offer' | 'offerOf'>;
  runs: Runs;
  locks: Locks;
  /** What people keep for themselves. */
  claims: Pick<Claims, 'on' | 'endDue'>;
  directory: Directory;
  /** What approvers prove besides their Slack account, where that is asked for. */
  secondFactor: SecondFactor;
  /** Who did without the approvals of others, and when; without it nobody can. */
  breakGlass?: BreakGlassUses;
  /**
   * The user ids behind `role:NAME`, `oncall:NAME`, `user:U…` and `group:S…`, each once; null while that is not known.
   * Without it nobody is told that a run waits.
   */
  namedPeople?(names: readonly string[]): readonly string[] | null;
  /** Who is reminded of a late review, or where it is said; without it nobody is. */
  reviewPlaces?(late: LateReview): readonly string[];
  /**
   * The incident of that id, with what decides whether something may be done because of it, and who may read it;
   * without it there are none.
   */
  incidentOf?(id: string): Promise<(IncidentInQuestion & ReadableIncident) | null>;
  /** Hears of every change of a run that is part of an incident. It must not throw. */
  changedInIncident?(run: Run): void;
  /** What has been asked for and begun lately. */
  tally: Tally;
  /** Where it is noted that somebody was turned away without a run; without it nowhere. */
  notes?: Pick<Notes, 'append'>;
  /** The limits of the configuration that counts now. */
  limits(): Limits;
  /** The approvals of the configuration that counts now. */
  approvals(): ApprovalPolicy;
  /** For `all@env`, whether any of them is. */
  isProduction(target: Target): boolean;
  /** The targets that a release runs on before it runs here; without it nobody can tell. */
  stagesBefore?(target: Target): readonly Target[];
  /** A dependency of a target by its name, and whoever has the same; without it there are none. */
  dependedOn?(target: Target, name: string): Depended | null;
  /** Every target of an environment: what `all@env` stands for. */
  targetsIn(env: string): readonly Target[];
  /** Where the run’s card is shown: channels, and `user:U…` for direct messages. */
  cardPlaces(run: Run): readonly string[];
  /** What the grants say of who asks; without it that is left to whoever hands the request over. */
  asking?: AskingRights;
  /** Why nothing may be changed at the moment, as one sentence; null while changes may be made. */
  stopped(): Promise<string | null>;
  /** Without it everything is found by looking once a second; with it, deadlines are jobs as well. */
  jobs?: Pick<Jobs, 'declare' | 'ready'>;
  /** A new id for a run. */
  newId(): string;
  /** Which process this is, for the audit. */
  agent: string;
  clock: Clock;
  log: Log;
  /** Whether the queue takes jobs by now; a change must not fail because it does not yet. */
  takesJobs(): boolean;
  sleep: Sleep;
  times: RunTimes;
}

/** Whether somebody may ask for something, by the grants that count now. */
export interface AskingRights {
  /** The roles on which that depends. */
  roles(): readonly Role[];
  may(wish: Pick<Run, 'action' | 'target' | 'params' | 'askedIn'>, person: Person): boolean;
}

/** How long things may take and how often they are tried; times in milliseconds. */
export interface RunTimes {
  precheck: number;
  plan: number;
  verify: number;
  probe: number;
  compensate: number;
  /** Between two looks at everything that is not over. */
  sweep: number;
  /** The pauses before the second and every later verification. */
  verifyPauses: readonly number[];
  /** How long somebody may be writing down and planning a request before it counts as left behind. */
  planning: number;
}

/** What holds unless somebody says otherwise. */
export const usualTimes: RunTimes = {
  precheck: 5_000,
  plan: 10_000,
  verify: 30_000,
  probe: 2_000,
  compensate: 60_000,
  sweep: 1_000,
  verifyPauses: [2_000, 5_000],
  planning: 30_000,
};

/** Checks nothing: whatever asks for a one-time password is refused. */
export const noSecondFactor: SecondFactor = {
  hasKey: false,
  verify: async () => ({ kind: 'no-key', why: 'this Gatehouse checks no one-time passwords' }),
  enrolledAt: async () => null,
};

/** The queue of what has come due for a run. */
export const runQueue = 'runs';
