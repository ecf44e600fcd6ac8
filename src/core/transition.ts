import type { AuditEntry } from './audit.ts';
import type { MessageKind } from './outbox.ts';
import type { Ended, EndedOn, Run } from './run.ts';
import type { Target } from './target.ts';

/** What of a run can be changed. */
export type RunPatch = Partial<
  Pick<
    Run,
    | 'state'
    | 'plan'
    | 'approval'
    | 'votes'
    | 'steps'
    | 'verdict'
    | 'why'
    | 'newPlan'
    | 'escalated'
    | 'fence'
  >
> & {
  /** Sets `waitsUntil` to so many milliseconds from now, by the database's clock. */
  waitsFor?: number;
  /** Sets `validUntil` likewise. */
  validFor?: number;
  /** Lets what it does end so many milliseconds from now; null when there is nothing to end after all. */
  endsIn?: number | null;
  /** Where it ends one by one, all of it anew; what has ended on a service stays so. */
  endsOn?: EndedOn;
  /** How it was ended; only where something was to end. */
  ended?: Ended;
};

/** A run as it is first written down. */
export type NewRun = Pick<
  Run,
  'id' | 'action' | 'target' | 'params' | 'reason' | 'requestedBy' | 'askedIn'
> & {
  parent?: string | null;
  /** The incident that it is part of, if any: its card shows every change of the run. */
  incident?: string | null;
  /** What it came of, such as the key of a delivery from Slack: of one origin there is one run. */
  origin?: string;
};

/** A message that the database says must reach Slack: what to show and where, never the text. */
export interface OutboxRequest {
  /** Which of the run's messages; one of each kind and place exists, and a card is edited from then on. */
  kind: MessageKind;
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
  /** With `after`: so many milliseconds before the deadline it counts as passed. */
  early?: number;
  patch: RunPatch;
  audit: AuditEntry;
  jobs: readonly TimedJob[];
  /** Cards that there are already are shown anew after every change, named here or not. */
  messages: readonly OutboxRequest[];
}

/** `moved-on`: somebody changed it first, or the deadline says no: read again and decide again. */
export type Transitioned = { kind: 'done'; run: Run } | { kind: 'moved-on' };

/** Where runs are kept, and the only way to change one. */
export interface Runs {
  /**
   * Throws when the id is taken, and when the parent has a run on this target already that is not over or has succeeded.
   * When there is a run of the same origin, that comes back, and nothing is written.
   *
   * @throws {GivenUpError} when the delivery that it came of was given up meanwhile.
   */
  create(run: NewRun, audit: AuditEntry): Promise<Run>;
  find(id: string): Promise<Run | null>;
  /** The run that came of this. */
  findByOrigin(origin: string): Promise<Run | null>;
  transition(change: Transition): Promise<Transitioned>;
  /** Runs in these states, oldest first, at most 500. */
  inStates(states: readonly Run['state'][]): Promise<readonly Run[]>;
  /**
   * Runs whose effect is to end now, by the database's clock, and that nothing is undoing, on one service
   * at least where it ends one by one: the most overdue first, at most 100.
   */
  toEnd(): Promise<readonly Run[]>;
  /** Runs on the target whose effect is still to end, or was to end at `since` or later; at most 500. */
  lasting(target: Target, since: number): Promise<readonly Run[]>;
  /** The runs that were begun to undo this one, oldest first. */
  children(parent: string): Promise<readonly Run[]>;
  /** The runs that are part of the incident, oldest first; at most 500. */
  ofIncident(incident: string): Promise<readonly Run[]>;
}
