/** The right to change one target, for a while. */
export interface Lock {
  /** Higher than every earlier one of the same target: whoever has an older one must stop. */
  fence: number;
  /** Fires when the lease cannot be renewed in time; from then on nothing more may be done. */
  lost: AbortSignal;
  /** Throws when the lock is not held any more; to be asked right before every step. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Who has a target now. */
export interface Holder {
  /** The run, or `user:…` for somebody who has claimed it. */
  owner: string;
  /** By the database's clock, in milliseconds since 1970. */
  until: number;
}

/** One writer for each target. A lock is a row with owner, fence and lease. */
export interface Locks {
  /** The lock, renewed until it is released; or who has it. */
  acquire(target: string, owner: string): Promise<Lock | Holder>;
  holder(target: string): Promise<Holder | null>;
}
