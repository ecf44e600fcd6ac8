import type { AuditEntry } from './audit.ts';
import type { Run } from './run.ts';

/** What of a run can be changed. */
export type RunPatch = Partial<
  Pick<Run, 'state' | 'plan' | 'approval' | 'votes' | 'steps' | 'verdict' | 'why' | 'fence'>
> & {
  /** Sets `waitsUntil` to so many milliseconds from now, by the database's clock. */
  waitsFor?: number;
  /** Sets `validUntil` likewise. */
  validFor?: number;
};

/** A run as it is first written down. */
export type NewRun = Pick<
  Run,
  'id' | 'action' | 'target' | 'params' | 'reason' | 'requestedBy' | 'askedIn'
>;

/** A message that the database says must reach Slack: what to show and where, never the text. */
export interface OutboxRequest {
  /** Which of the run's messages; one of each kind and channel exists, and is edited from then on. */
  kind: 'card';
  /** A channel, or `user:U…` for that person's direct messages. */
  to: string;
}

/** A job that is due so many milliseconds from now, by the database's clock. */
export interface TimedJob {
  queue: string;
  dueIn: number;
}

/** One change of one run. All of it happens, or nothing. */
export interface Transition {
  id: string;
  /** The version that was read and decided upon. */
  version: number;
  /** Besides the version: holds only while this deadline has not passed, by the database's clock. */
  before?: 'waitsUntil' | 'validUntil';
  /** Or only after it has passed. */
  after?: 'waitsUntil' | 'validUntil';
  patch: RunPatch;
  audit: AuditEntry;
  jobs: readonly TimedJob[];
  /** Those that there are already are shown anew after every change, named here or not. */
  messages: readonly OutboxRequest[];
}

/** `moved-on`: somebody changed it first, or the deadline says no: read again and decide again. */
export type Transitioned = { kind: 'done'; run: Run } | { kind: 'moved-on' };

/** Where runs are kept, and the only way to change one. */
export interface Runs {
  create(run: NewRun, audit: AuditEntry): Promise<Run>;
  find(id: string): Promise<Run | null>;
  transition(change: Transition): Promise<Transitioned>;
  /** Runs in these states, oldest first, at most 500. */
  inStates(states: readonly Run['state'][]): Promise<readonly Run[]>;
}
