import { type Target, targetName } from './target.ts';

/**
 * Something that was taken from somebody and not given back: the roles of a person in Gatehouse, or the
 * sign-in of an account. It is what an offboarding leaves behind to be restored from; runbook 000 "User
 * Offboarding" only writes a line into a log.
 */
export interface Suspension {
  /** From {@link personSubject} or {@link accountSubject}. */
  subject: string;
  /** By the database's clock, in milliseconds since 1970. */
  since: number;
  /** The run that took it away. */
  run: string;
  /** Who had asked for that run: `user:T…/U…`. */
  actor: string;
  reason: string;
}

/** In the name of which run something is taken away or given back, who asked for it and why. */
export type SuspendedBy = Pick<Suspension, 'run' | 'actor' | 'reason'>;

/**
 * What is suspended, kept for good: every change has one audit record. Doing it twice is the same as
 * once, so that a run may ask again when it did not hear what became of it.
 */
export interface Suspensions {
  find(subject: string): Promise<Suspension | null>;
  /** Every person who is suspended now. */
  people(): Promise<readonly Suspension[]>;
  /** What is suspended already stays as it is: who was first is who can be looked up. */
  suspend(subject: string, by: SuspendedBy): Promise<void>;
  /** Nothing happens to what is not suspended. */
  lift(subject: string, by: SuspendedBy): Promise<void>;
}

/** How all subjects begin that are people. */
export const peoplePrefix = 'person:';

/** A person in Gatehouse: the pair of team and id, because Slack signs it. */
export const personSubject = ({ id, team }: { id: string; team: string }): string =>
  `${peoplePrefix}${team}/${id}`;

/** An account of one system, however its address is spelt. */
export const accountSubject = (target: Target, user: string): string =>
  `account:${targetName(target)}/${user.toLowerCase()}`;
