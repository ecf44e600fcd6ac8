import { everyService } from './target.ts';

/** Whether others may have the same at the same time; they may when all of them ask for it `shared`. */
export type LockMode = 'shared' | 'exclusive';

/** The right to work on one target, for a while. */
export interface Lock {
  /** Higher than every earlier one of the same environment: whoever has an older one must stop. */
  fence: number;
  /** When it was granted, by the database's clock, in milliseconds since 1970. */
  at: number;
  /** Fires when the lease cannot be renewed in time; from then on nothing more may be done. */
  lost: AbortSignal;
  /** Throws when the lock is not held any more; to be asked right before every step. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** What is locked, and how: a target by its name, or `all@env`, which is above every target of `env`. */
export interface LockPath {
  target: string;
  mode: LockMode;
}

/** Who has a target now, or waits for it. */
export interface Holder extends LockPath {
  /** The run. */
  owner: string;
  /** By the database's clock, in milliseconds since 1970. */
  until: number;
  /** False when it only waits, and what asks for less has to let it go first. */
  held: boolean;
}

/**
 * Locks with two levels: whoever has a target has a share of its environment, and whoever has `all@env`
 * has all of it, what is added to the catalogue meanwhile included. A lock is a row with owner, fence
 * and lease, and all of a request is granted in one statement or nothing, so that nobody waits for
 * anybody while having something.
 */
export interface Locks {
  /** The lock, renewed until it is released; or who is in the way. Exclusive when no mode is named. */
  acquire(target: string, owner: string, mode?: LockMode): Promise<Lock | Holder>;
  /** Everybody who has the target, all of its environment or, for `all@env`, anything of it; oldest first. */
  holders(target: string): Promise<readonly Holder[]>;
}

/** The environment of a target's name. */
export const envOfName = (target: string): string => target.slice(target.lastIndexOf('@') + 1);

/** Whether it is the name for every target of an environment. */
export const isWholeEnv = (target: string): boolean =>
  target === `${everyService}@${envOfName(target)}`;

/** Whether two names are about the same: they are equal, or one stands for the environment of the other. */
export const overlap = (one: string, other: string): boolean =>
  one === other || (envOfName(one) === envOfName(other) && (isWholeEnv(one) || isWholeEnv(other)));

/**
 * Whether what somebody has, or waits for, keeps `wanted` from being granted. What waits comes before
 * what asks for less: all of an environment before one target, exclusive before shared. Between equals
 * nobody comes first, so that none of them ever waits for each other.
 */
export function isInTheWay(other: LockPath & { held: boolean }, wanted: LockPath): boolean {
  if (!overlap(other.target, wanted.target)) return false;
  if (other.held) return other.mode === 'exclusive' || wanted.mode === 'exclusive';
  return wanted.mode === 'shared' || (isWholeEnv(other.target) && !isWholeEnv(wanted.target));
}
