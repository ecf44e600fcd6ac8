/** The accounts that people sign in with. All that changes one changes exactly one. */
export interface Accounts {
  /** The roles an account can have, the most powerful last. */
  roles(): readonly string[];
  /** The one account with this address; null when there is none. */
  find(user: string, signal: AbortSignal): Promise<Account | null>;
  /** Up to three addresses that this one may be a misspelling of; left out where nobody can tell. */
  similar?(user: string, signal: AbortSignal): Promise<readonly string[]>;
  /** How many accounts that can sign in hold the most powerful role. */
  admins(signal: AbortSignal): Promise<number>;
  /** Makes one that has to choose its own password; whoever it is for is told by the system itself. */
  create(user: string, role: string, signal: AbortSignal): Promise<void>;
  disable(user: string, signal: AbortSignal): Promise<void>;
  enable(user: string, signal: AbortSignal): Promise<void>;
  /** The old password is good no more; the system itself tells the person how to choose another. */
  resetPassword(user: string, signal: AbortSignal): Promise<void>;
  /** Why a lockout cannot be cleared, as a clause; left out where it can. */
  noLockouts?: string;
  /** Lets somebody try again who was locked out after too many failed attempts. */
  clearLockout(user: string, signal: AbortSignal): Promise<void>;
}

/** One account. What the system does not tell is null. All times in milliseconds since 1970. */
export interface Account {
  user: string;
  role: string | null;
  enabled: boolean;
  verified: boolean | null;
  mustResetPassword: boolean | null;
  failedAttempts: number | null;
  lockedUntil: number | null;
  lastLogin: number | null;
}

/** Who is signed in. */
export interface Sessions {
  /** What outlives a revocation, as a sentence for people, such as tokens that were issued; null when nothing does. */
  remains(): string | null;
  /** How many there are, of one account or, with null, of all; null when the system does not tell. */
  count(user: string | null, signal: AbortSignal): Promise<number | null>;
  /** Ends those of one account. */
  revoke(user: string, signal: AbortSignal): Promise<void>;
  /** Why they cannot be ended all at once, as a clause; left out where they can. */
  notAll?: string;
  /** Ends all of them, and nothing else. */
  revokeAll(signal: AbortSignal): Promise<void>;
}
