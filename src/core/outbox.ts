/** A message that has to reach Slack, and how far it is. One row for each subject, kind and place. */
export interface OutboxRow {
  id: string;
  kind: 'card';
  /** The run it shows. */
  subject: string;
  /** A channel, or `user:U…` for direct messages. */
  to: string;
  /** The subject's version that should be seen, and the one that was last sent. */
  wanted: number;
  shown: number;
  /** Where it stands in Slack, once it was posted. */
  posted: { channel: string; ts: string } | null;
  attempts: number;
  /** Set while an earlier attempt may have arrived: it is looked up before it is sent again. */
  ambiguous: boolean;
}

/**
 * What became of an attempt. With `counts: false` it was no try: it was not the message's turn, or
 * Slack could not be reached, and however often that happens is no reason to give up.
 */
export type Sent =
  | { kind: 'shown'; version: number; posted: { channel: string; ts: string } }
  /** Slack did not take it; again in so many milliseconds. */
  | { kind: 'not-now'; retryIn: number; why: string; counts?: false }
  /** Nobody knows whether Slack took it. */
  | { kind: 'ambiguous'; retryIn: number; why: string; counts?: false }
  /** Slack will never take it. */
  | { kind: 'never'; why: string };

/** The rows that wait to be sent. */
export interface Outbox {
  /** Takes up to so many rows that are due, for nobody else to take for ten seconds. */
  take(limit: number): Promise<readonly OutboxRow[]>;
  report(id: string, sent: Sent): Promise<void>;
  /** Calls back soon after rows were added by this process. */
  onAdded(listener: () => void): void;
}
