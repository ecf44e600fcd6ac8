import type { Incident } from './incident.ts';
import type { Absence } from './incidents.ts';

/** One line of a timeline, made from a record: it stands at the time at which it happened. */
export interface TimelineLine {
  /** When it happened, in milliseconds since 1970: a message that was added stands where it was written. */
  at: number;
  /** When it was written down. */
  recorded: number;
  kind: 'change' | 'note' | 'run' | 'absence';
  /** Slack user ids of who did it or wrote it; null for Gatehouse itself. */
  by: string | null;
  /** Such as `:mega:`; a picture for those who see it. */
  sign: string;
  /** What happened, escaped and in Slack's markup. */
  said: string;
  permalink: string | null;
  files: readonly string[];
  /** What became of the message later, in words; empty while it is as it was. */
  later: readonly string[];
}

/** One promise that was not kept as it was made, with the moments in milliseconds since 1970. */
export type MissedPromise =
  /**
   * An update that came late; one that did not come and that a later one stands for, as its text says; or, with
   * `came` null, one that nothing stands for yet. `update` counts the updates from 1.
   */
  | { kind: 'update'; due: number; came: number | null; update: number | null; merged: boolean }
  /** So many more, of which nobody has written down when each was due. */
  | { kind: 'more-updates'; count: number }
  /** What was to be done by then; `done` is null while it is not. */
  | { kind: 'follow-up'; id: string; text: string; due: number; done: number | null };

/** How an incident kept what was promised. All times are in milliseconds. */
export interface KeptPromises {
  /** Until the first acknowledgement, and within which time it was promised; null where there was none. */
  acknowledged: { took: number | null; within: number | null };
  updates: { posted: number; onTime: number; late: number; merged: number };
  /** What was to be done afterwards and has a date, and how much of it was done by then or still can be. */
  followUps: { dated: number; kept: number };
  /** Every update and follow-up that was missed, in the order in which they were due. */
  missed: readonly MissedPromise[];
  /** Updates that were asked for, and that were overdue; how often anybody was called after the declaration; how often it was red again. */
  reminders: number;
  escalations: number;
  redAgain: number;
  /** How long nobody of Gatehouse was there while it was open. */
  absent: number;
}

/** Everything that there is to say about an incident, for its page and its review. */
export interface IncidentReport {
  incident: Incident;
  /** By the database's clock, in milliseconds since 1970. */
  now: number;
  /** Oldest first. */
  lines: readonly TimelineLine[];
  /** How many records were left out at the beginning because there are so many; usually 0. */
  leftOut: number;
  promises: KeptPromises;
  absences: readonly Absence[];
  /** What was kept as evidence, and by which runs, in Slack's markup. */
  evidence: readonly string[];
  /** What people are called, by Slack user id. */
  names: ReadonlyMap<string, string>;
}
