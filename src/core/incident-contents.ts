import type { DeadlineKind, Deed, IncidentRole } from './incident.ts';

/** From when something counts, in milliseconds since 1970, and how often it was done since: rungs, reminders, tries. */
export interface Count {
  from: number;
  done: number;
  /** Put off until then. */
  until?: number;
}

/** When the next update is due, and how the promises were kept. */
export interface UpdateClock {
  /** Between two, in milliseconds; null when none are due. */
  every: number | null;
  /** The next slot; slots stay on a grid of `every` from the last word of a person. */
  next: number | null;
  /** The last update, by whomever, and the last one by a person; null before there was one. */
  last: number | null;
  lastByPerson: number | null;
  /** How many there were, how many of them were due and in time, and how many slots were merged into another. */
  posted: number;
  onTime: number;
  late: number;
  merged: number;
  /** How many "no change" came in a row. */
  unchanged: number;
  /** Whether the last reminder was put off; it can be once in a row. */
  snoozed: boolean;
}

/** The offer of a role, which its holder keeps until it is accepted. */
export interface Handover {
  role: IncidentRole;
  from: string | null;
  to: string;
  at: number;
}

/** Somebody who was called, until they say whether they come. */
export interface Escalation {
  contact: string;
  /** Slack user ids. */
  people: readonly string[];
  why: string;
  /** The ladder that it is a rung of; null where a person asked for it. */
  cause: DeadlineKind | null;
  at: number;
  by: string;
  answer: (Deed & { kind: 'on-it' | 'not-me' | 'silent' }) | null;
}

/** A call that was also made by mail or webhook, because it did not reach Slack. */
export interface Elsewhere {
  /** When that was last tried, in milliseconds since 1970, and how often. */
  at: number;
  tries: number;
  state: 'trying' | 'sent' | 'failed';
}

/**
 * The copy of what the service shows that is asked for by itself, once, when it is said to be about security (runbooks
 * 001 to 003: evidence first). Nothing waits for it.
 */
export interface Evidence {
  /** The version of the incident that wants it: with the id of the incident it makes one run, and never a second. */
  wantedBy: number;
  /** Who said that it is about security, or what it is about, by Slack user id. */
  by: string;
  /** When it is asked for, or tried again, in milliseconds since 1970; how often that was tried. */
  at: number;
  tries: number;
  state: 'wanted' | 'asked' | 'failed';
  /** The run that keeps it; null before it was asked for. */
  run: string | null;
  /** Why it was not asked for so far, or for good. */
  why: string | null;
  /** The last run that has kept some, whoever asked for it; null while there is none. */
  kept: string | null;
  /** How often it was asked for anew, because the run of it had ended before anything was done; and the last of them. */
  repeats?: number;
  lost?: string;
}

/**
 * What of an incident everybody could read before it turned out to be about security: its messages in the channels
 * that it has left and where it was announced. They are looked for until nothing of them says anything any more.
 */
export interface Traces {
  /** The version of the incident that made it be about security. */
  wantedBy: number;
  /** The channels that it has left, whose topic says what it is about as well. */
  rooms: readonly string[];
  /** Other channels in which it may have been told. */
  places: readonly string[];
  /** From when they have to go, in milliseconds since 1970. */
  from: number;
  /** When they are looked for, or for again, in milliseconds since 1970; how often that was tried. */
  at: number;
  tries: number;
  /** How many messages were emptied so far. */
  emptied: number;
  /** `stand` where some could not be emptied, for good. */
  state: 'wanted' | 'gone' | 'stand';
}

/**
 * What a look for traces came to: how many messages it has emptied, and what still stands where and why; or that
 * not all of it could be looked at now.
 */
export type TracesAnswer =
  | { kind: 'looked'; emptied: number; stand: readonly { channel: string; why: string }[] }
  | { kind: 'later'; emptied: number; why: string };

/** The time after the fix in which the checks have to stay good. */
export interface Watch {
  from: number;
  until: number;
  /** `passed` until somebody resolves it. */
  state: 'running' | 'passed';
}

/** What was said when it was resolved. */
export interface Resolution extends Deed {
  fix: string;
  cause: 'known' | 'suspected' | 'unknown';
  causeText: string | null;
  customerText: string | null;
  /** Why it was resolved without the watch; null when the watch had passed. */
  withoutWatch: string | null;
}

/** Something that is to be done afterwards. */
export interface FollowUp {
  id: string;
  text: string;
  owner: string | null;
  /** In milliseconds since 1970. */
  due: number | null;
  done: Deed | null;
  /** How often it was chased. */
  chased: number;
}

/** The review, from the time it is due. */
export interface Review {
  owner: string | null;
  due: number | null;
  chased: number;
  checks: { timeline: boolean; impact: boolean; followUps: boolean };
  /** Notes for it, in Markdown. */
  notes: { summary: string; helped: string; hindered: string; lucky: string };
  published: Deed | null;
  waived: (Deed & { reason: string }) | null;
}
