import type { StepOutcome, Verdict } from './action.ts';
import type { ApprovalSet, Vote } from './approval.ts';
import type { Json } from './json.ts';
import type { Plan } from './plan.ts';
import type { Target } from './target.ts';

/** Where a run can be. The last nine are ends. */
export const runStates = [
  'requested',
  'planned',
  'waiting',
  'approved',
  'claimed',
  'executing',
  'verifying',
  'succeeded',
  'failed',
  'interrupted',
  'denied',
  'expired',
  'cancelled',
  'superseded',
  'compensated',
] as const;

/** One of {@link runStates}. */
export type RunState = (typeof runStates)[number];

/** Whether nothing happens to a run any more. */
export const isOver = (state: RunState): boolean => runStates.indexOf(state) >= 7;

/** What became of one step so far. An intent without an outcome means that it may have happened. */
export interface StepRecord {
  id: string;
  /** By the database's clock, in milliseconds since 1970. */
  intentAt: number;
  outcome: StepOutcome | null;
}

/** When what a run did ends by itself, and what has become of that. */
export interface Ending {
  /** By the database's clock, in milliseconds since 1970. */
  at: number;
  /** Null until it has been seen to, everywhere. */
  ended: Ended | null;
  /**
   * Where it ends one by one, for a run on all services: each that was begun with, and what became of it
   * there; null until that has been seen to.
   */
  on?: EndedOn;
}

/** What became of the end on each service, by name. */
export type EndedOn = Readonly<Record<string, Ended | null>>;

/** How it ended: a run undid it, a newer run of the same kind took its place, or nobody could undo it. */
export interface Ended {
  how: 'done' | 'replaced' | 'given-up';
  /** The run that undid it, took its place or was the last to try. */
  by: string;
}

/** How many runs may try to undo what another one did, in one place, before it is left to people. */
export const mostTries = 12;

/** Who asks for what nobody asked for at that moment: never the id of a person. */
export const gatehouseItself = 'gatehouse';

/** One request to do one action on one target, from the asking to the end. */
export interface Run {
  id: string;
  /** Counts the changes; each of them has one audit record. */
  version: number;
  state: RunState;
  action: string;
  target: Target;
  params: Json;
  reason: string;
  /** Who asked: Slack user and team. */
  requestedBy: { id: string; team: string };
  /** The run that this one undoes at its time, and whose approval covers it; null when people asked for it. */
  parent: string | null;
  /** The channel it was asked in. */
  askedIn: string | null;
  /** The incident that it is part of; none for most. */
  incident?: string;
  plan: Plan | null;
  approval: ApprovalSet | null;
  votes: readonly Vote[];
  steps: readonly StepRecord[];
  verdict: Verdict | null;
  /** Why it ended as it did, one sentence for people; null before the end and after success. */
  why: string | null;
  /**
   * What its plan would be now, when that was seen under the lock to be another one, or to need other
   * approvals: the run is superseded then, and nothing of it was done.
   */
  newPlan?: Plan;
  /**
   * Set once somebody was told that it has waited for long: whom the approval names, such as `role:manager`, and the
   * user ids of those who were told. They are nobody where only who asked, and those it is about, are behind the names.
   */
  escalated?: { to: readonly string[]; people: readonly string[] };
  /** The fence of the lock it runs under. */
  fence: number | null;
  /** All by the database's clock, in milliseconds since 1970. */
  createdAt: number;
  changedAt: number;
  waitsUntil: number | null;
  validUntil: number | null;
  /** Set when the first step of a plan with a revert begins; null while there is nothing to end. */
  ending: Ending | null;
}
