import type { Role } from './person.ts';

/** When somebody may do without the approvals of others, and what follows; from the configuration file. */
export interface BreakGlassRule {
  /** Whoever uses it holds one of these, and one of `onCall`, which only people hold who are on call now. */
  roles: readonly Role[];
  onCall: readonly Role[];
  /** The actions for which it never counts. */
  never: readonly string[];
  /** Who is told at once: everybody with these roles, and a channel. */
  notify: { roles: readonly Role[]; channel: string };
  /** How often within a day, by one person and by all. */
  perPerson: number;
  global: number;
  /** Who looks at it afterwards, and within how many milliseconds. Never who used it. */
  review: { by: readonly Role[]; within: number };
  /** Whether there has to be an open incident about the target. */
  incident?: 'required';
}

/** Somebody of a Slack team. */
interface Somebody {
  id: string;
  team: string;
}

/** One time that somebody did without the approvals of others. */
export interface BreakGlassUse {
  run: string;
  /** `T…/U…`. */
  person: string;
  /** By the database's clock, in milliseconds since 1970. */
  at: number;
  /** What somebody else said of it afterwards; null until then. */
  review: { by: string; text: string; at: number } | null;
}

/** Why somebody may not use it now. */
export type NoUse =
  /** What they did with it before was not looked at by anybody yet. */
  | { why: 'unreviewed'; run: string }
  | { why: 'person-limit'; most: number }
  | { why: 'global-limit'; most: number };

/** What became of a review. */
export type Reviewed = 'done' | 'no-such-use' | 'own' | 'done-before';

/**
 * Every time that somebody did without the approvals of others, for good and counted in the database:
 * each has one audit record for the use and one for the review.
 */
export interface BreakGlassUses {
  /** Why the person may not; changes nothing. */
  barred(by: Somebody, rule: BreakGlassRule): Promise<NoUse | null>;
  /** Takes a use for a run, or says why not: asking and taking is one. Taking it for the same run again is the same use. */
  take(run: string, by: Somebody, rule: BreakGlassRule): Promise<NoUse | null>;
  review(run: string, by: Somebody, text: string): Promise<Reviewed>;
  /** Those that nobody has reviewed, oldest first. */
  unreviewed(): Promise<readonly BreakGlassUse[]>;
  /** Those of them whose review is late, with the reminder that is due now and is not in the outbox yet. */
  late(within: number): Promise<readonly LateReview[]>;
  /** Puts a reminder into the outbox, for each of these places once, unless it was reviewed meanwhile. */
  remind(late: Reminder, to: readonly string[]): Promise<void>;
}

/** One reminder of a late review: the first three are for those who review, the fourth is the last. */
export interface Reminder {
  run: string;
  number: number;
}

/** A use whose review is late, and the reminder that is due. */
export interface LateReview extends Reminder {
  person: string;
}

/** So many reminders for people, so many milliseconds apart; then one more for everybody, and no other. */
export const reminders = { toPeople: 3, every: 86_400_000 };

/** Which reminder is due so many milliseconds after a review was. What was missed is not made up for. */
export const reminderDue = (late: number): number =>
  Math.min(1 + Math.floor(late / reminders.every), reminders.toPeople + 1);

/** How the outbox calls a reminder. */
export const reminderSubject = ({ run, number }: Reminder): string =>
  `${useSubject(run)}/${number}`;

/** The reminder that the outbox calls like this; null when it is none. */
export function reminderIn(subject: string): Reminder | null {
  const [, run, number] = /^break-glass:(.+)\/([1-4])$/.exec(subject) ?? [];
  return run && number ? { run, number: Number(number) } : null;
}

/** Under which name the audit keeps a use and its review. */
export const useSubject = (run: string): string => `break-glass:${run}`;

/** How the uses name a person. */
export const personOf = ({ id, team }: Somebody): string => `${team}/${id}`;

/** For how long a use counts against the limits, in milliseconds. */
export const usesCountFor = 86_400_000;

/** Why one more use by this person is too many, of all the uses that may matter. */
export function tooMany(
  uses: readonly BreakGlassUse[],
  person: string,
  rule: Pick<BreakGlassRule, 'perPerson' | 'global'>,
  now: number,
): NoUse | null {
  const open = uses.find((use) => use.person === person && use.review === null);
  if (open) return { why: 'unreviewed', run: open.run };
  const lately = uses.filter(({ at }) => now - at < usesCountFor);
  const own = lately.filter((use) => use.person === person);
  if (own.length >= rule.perPerson) return { why: 'person-limit', most: rule.perPerson };
  return lately.length >= rule.global ? { why: 'global-limit', most: rule.global } : null;
}
