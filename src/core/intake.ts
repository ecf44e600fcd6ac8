/** A delivery from Slack, to be written down before anything is done about it. */
export interface Delivery {
  /** The same for every copy of the same delivery, for all time. */
  key: string;
  kind: 'command' | 'click' | 'submission' | 'shortcut' | 'event';
  /** Who sent it: team and user, as Slack signed them. */
  actor: string;
  /** What was asked, as JSON with no secret in it, when it may change something: so that it cannot get lost. */
  request?: string;
}

/** A change that was taken, and of which nobody knows whether it was done: who had it is gone. */
export interface LeftBehind {
  key: string;
  request: string;
  /** When it was received, by the database's clock, in milliseconds since 1970. */
  receivedAt: number;
  /** How long ago that is by the same clock, in milliseconds. */
  age: number;
}

/**
 * The durable list of deliveries: what makes a second copy of one do nothing, and what is left of a
 * change when the process dies that took it. A delivery with a request is held by the process that
 * recorded it until it is settled, or for {@link holdFor} after it was last heard of.
 */
export interface Intake {
  /** Resolves once the row is committed: `new` the first time, `seen` ever after. */
  record(delivery: Delivery): Promise<'new' | 'seen'>;
  /** Says that nothing more has to be done about these; those that are not there do no harm. */
  settle(keys: readonly string[]): Promise<void>;
  /** Says that whoever recorded these is alive and still at it; what was given up stays given up. */
  hold(keys: readonly string[]): Promise<void>;
  /**
   * Takes what nobody holds any more, oldest first and at most so many. From then on it is given up:
   * nothing that still comes of it is written down. It is the taker's until it is settled, or for
   * {@link holdFor}, and then anybody's again.
   */
  takeUp(limit: number): Promise<readonly LeftBehind[]>;
}

/** How long a delivery is held without a word, in milliseconds by the database's clock. */
export const holdFor = 10_000;
