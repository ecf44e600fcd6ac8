import type { Role } from './person.ts';

/** How many people of which roles have to say yes. All slots must be filled, by distinct people. */
export interface Slot {
  n: number;
  anyOf: readonly Role[];
}

/** What a plan needs before it may be done. */
export interface ApprovalSet {
  /** Its name in the policy, such as `one`. */
  name: string;
  slots: readonly Slot[];
  /** Whether the requester has to say once more that they mean it; only without slots. */
  requesterConfirms: boolean;
  /** The requester has given their word already, by what the request comes of: nobody asks for it once more. */
  ownWord?: 'given';
  /** How long it waits for approval, in milliseconds. */
  waits: number;
  /** How long an approval is good for before the start, in milliseconds. */
  validFor: number;
  /** The least number of characters of the reason. */
  reason: number;
  /** Whether an approver has to type the target's name. */
  typedTarget: boolean;
  /** What an approver has to prove besides their Slack account. */
  stepUp?: 'totp';
  /**
   * It takes the place of the approvals of others; somebody else looks at it within so many milliseconds, and
   * whoever holds one of these roles can say no to it before it has begun.
   */
  breakGlass?: { reviewWithin: number; deniedBy?: readonly Role[] };
  /** Who hears of it once when nobody has decided it for so many milliseconds. It gives nobody a say. */
  escalate?: { after: number; to: readonly string[] };
  /** Whether there must be an open incident. */
  incident?: 'required';
}

/** One person's yes or no to exactly one plan. */
export interface Vote {
  /** The Slack user id. */
  person: string;
  kind: 'approve' | 'deny' | 'confirm';
  /** The roles they held when they voted. */
  roles: readonly Role[];
  planHash: string;
  /** Whether they proved it with a one-time password: only such votes count where the set asks for that. */
  steppedUp?: true;
  /** When the second factor was given that it was proved with: it counts for as long as that one does. */
  provenBy?: number;
  /** Why not, or a remark. */
  note: string | null;
  /** By the database's clock, in milliseconds since 1970. */
  at: number;
}
