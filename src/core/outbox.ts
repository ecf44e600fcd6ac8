/**
 * Which of a subject's messages it is. A `card` is edited for as long as its subject changes; an `end`
 * is said once, to people who are waiting for it; an `anchor` says once how far the audit was, and a `claim`
 * to whoever had claimed a target that the claim is no more. An `incident` is the live card of one, edited
 * like a card; an `escalation` is the card once more, for somebody who is told that nobody has decided; `ended` says
 * once that what a run had put up has ended; `late` says once that timers of incidents are late, or are not any more; a `notice` says once what one record of an incident says (see `noticeOf`). A `review` reminds of one
 * that is late.
 */
export type MessageKind =
  | 'card'
  | 'end'
  | 'anchor'
  | 'claim'
  | 'review'
  | 'incident'
  | 'notice'
  | 'escalation'
  | 'ended'
  | 'late';

/** A message that has to reach Slack, and how far it is. One row for each subject, kind and place. */
export interface OutboxRow {
  id: string;
  kind: MessageKind;
  /** The run or incident it shows, the anchor, the change of a claim, the line of an incident, or what is said of late timers. */
  subject: string;
  /** A channel, `user:U…` for direct messages, or `incident:INC-…` for that incident's own channel. */
  to: string;
  /**
   * The subject's version that should be seen, and the one that was last sent. For an `incident` it also counts
   * what changed besides its version, such as its runs: whoever draws it has shown `wanted` at least.
   */
  wanted: number;
  shown: number;
  /** Where it stands in Slack, once it was posted. */
  posted: { channel: string; ts: string } | null;
  attempts: number;
  /** How often it has ever been handed out: no two who hold it have the same. */
  taking: number;
  /** Set while an earlier attempt may have arrived: it is looked up before it is sent again. */
  ambiguous: boolean;
  /**
   * For how many milliseconds it has to wait at least, because of what was done in that place before,
   * whichever process did it.
   */
  waits: number;
}

/**
 * A Slack method that must not be called again in the message's place for so many milliseconds,
 * whoever calls; with null, the message must not be touched again.
 */
export interface Rest {
  method: string | null;
  ms: number;
}

/** Where a message is believed to stand. */
export interface Standing {
  channel: string;
  ts: string;
}

/** A message of an incident that stands in Slack, and the place that it was meant for. */
export interface StandingMessage extends Standing {
  to: string;
}

/**
 * Whose message stands somewhere: the subject's, another subject's, perhaps the subject's, because it
 * is not known yet where the subject's messages stand, or nobody's that the outbox knows.
 */
export type Whose = 'its' | 'another' | 'perhaps' | 'nobody';

/** How many notices of an incident in one place were left out, because they are of the past by now. */
export interface LeftOut {
  incident: string;
  to: string;
  count: number;
}

/** A notice that was left out, and when, by the database's clock in milliseconds since 1970. */
export interface LeftOutAt extends Pick<LeftOut, 'incident' | 'to'> {
  at: number;
}

/** A notice of an incident that has to reach Slack and does not stand there. */
export interface WaitingNotice {
  /** The line of the incident, such as `INC-42/17`. */
  subject: string;
  to: string;
  /** 0 is what somebody has to hear now. */
  urgency: number;
  /** For how many milliseconds it has waited. */
  waited: number;
}

/** A message that was tried twelve times, or refused, and may not stand in Slack as it should. */
export interface Unconfirmed extends Pick<OutboxRow, 'id' | 'kind' | 'subject' | 'to'> {
  why: string;
  /** By the database's clock, in milliseconds since 1970. */
  since: number;
}

/** When a message that does not stand in Slack comes again, and why it does not. */
export interface PutOff {
  /** In milliseconds. */
  retryIn: number;
  why: string;
  counts?: false;
  /** What was wanted of it when it was put off for that long: what is newer is due at once. */
  wanted?: number;
}

/**
 * What became of an attempt. With `counts: false` it was no try: it was not the message's turn, or
 * Slack could not be reached, and however often that happens is no reason to give up.
 */
export type Sent =
  | { kind: 'shown'; version: number; posted: { channel: string; ts: string } }
  /** Slack did not take it; again in so many milliseconds. */
  | ({ kind: 'not-now' } & PutOff)
  /** Nobody knows whether Slack took it. */
  | ({ kind: 'ambiguous' } & PutOff)
  /** Slack will never take it. */
  | { kind: 'never'; why: string };

/** The rows that wait to be sent. */
export interface Outbox {
  /**
   * Takes up to so many rows that are due, for nobody else to take for ten seconds: requests, ends and
   * escalations first, then what goes on, then the rest, and of those with the same urgency what is about the
   * worse incident. Of what has waited for a minute the oldest is every tenth that goes. Where Slack's
   * methods have a pace (see `Pace`), nothing is handed out that may not be sent yet; with each row the call that
   * posts or edits it is taken. `held` hears in how many milliseconds something may go that waits for that alone,
   * and nothing when nothing was due.
   */
  take(limit: number, held?: (ms: number) => void): Promise<readonly OutboxRow[]>;
  /**
   * What became of it, and what has to rest in its place. `unused` is the method whose call was taken with it, when
   * Slack was not asked. With `taking`, as the row had it when it was taken, nothing but that it is shown, and
   * what has to rest in its place, counts once somebody else has taken it since: they hold it now.
   */
  report(
    id: string,
    sent: Sent,
    rests?: readonly Rest[],
    unused?: string,
    taking?: number,
  ): Promise<void>;
  /** Whether the message that stands there is one of the subject's; a notice is its incident's. */
  whose(subject: string, where: Standing): Promise<Whose>;
  /** The newest fifty that were given up and have not been shown since; of one subject when it is named. */
  unconfirmed(subject?: string): Promise<readonly Unconfirmed[]>;
  /** Where that message stands in Slack; null while it does not. */
  standing(subject: string, kind: MessageKind, to: string): Promise<Standing | null>;
  /** Where the card and the notices of an incident stand, as far as Slack has said so. */
  standings(incident: string): Promise<readonly StandingMessage[]>;
  /**
   * For when Slack is there again: leaves out the notices that have waited for longer than so many milliseconds
   * and that nobody has begun to send, but for those of urgency 0 and for the newest of urgency 1 of each
   * incident and place. What was left out is never sent.
   */
  compact(olderThan: number): Promise<readonly LeftOut[]>;
  /**
   * The notices that were left out at that moment or later, oldest first: whichever process did it, and whether or
   * not it is still there. At most 1,000.
   */
  leftOut(since: number): Promise<readonly LeftOutAt[]>;
  /** The notices that wait to be sent and were not given up, the most urgent first; at most 1,000. */
  waiting(): Promise<readonly WaitingNotice[]>;
  /** Calls back soon after rows were added by this process. */
  onAdded(listener: () => void): void;
}
