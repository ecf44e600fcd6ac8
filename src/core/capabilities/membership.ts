import type { Requested } from '../action.ts';
import type { Suspension } from '../suspensions.ts';

/**
 * Who stands behind the accounts of the systems, and what was taken from them. Gatehouse itself offers it,
 * for every target: what an action takes from a person in Gatehouse, it takes through this alone.
 */
export interface Membership {
  /**
   * Who has this address: by the configuration's own list, else by the addresses that Slack knows.
   *
   * @throws {TargetError} when Slack does not say.
   */
  find(user: string, signal: AbortSignal): Promise<Member>;
  /** What was taken and not given back yet; null when nothing was. Subjects: `core/suspensions.ts`. */
  taken(subject: string, signal: AbortSignal): Promise<Suspension | null>;
  /**
   * Writes down that it is taken away, once. A person holds no role from then on, no vote of theirs counts,
   * and what they asked for and has not begun is ended. Doing it twice is the same as once.
   */
  take(subject: string, request: Requested): Promise<void>;
  /** The roles of a person count again; requests and votes that have ended stay so. */
  giveBack(subject: string, request: Requested): Promise<void>;
}

/** What Gatehouse knows of whoever has an address. */
export interface Member {
  /** The Slack user and team; null when nobody in the workspace has the address. */
  person: { id: string; team: string } | null;
  /** Why the account must never be taken away, such as `a break-glass account`; null when it may. */
  kept: string | null;
  /** Whether an account may be made for the address: its domain is one of those that are allowed. */
  welcome: boolean;
}
