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
