/** A target, or `all@env`, that somebody has claimed: nobody else begins a change there until it ends. */
export interface Claim {
  /** By its name. */
  target: string;
  by: Claimer;
  reason: string;
  /** Both by the database's clock, in milliseconds since 1970. */
  since: number;
  until: number;
}

/** Who claims: Slack user and team. */
export interface Claimer {
  id: string;
  team: string;
}

/** What became of the wish to claim a target; `taken`: somebody else has a claim that is in the way. */
export type Claimed =
  | { kind: 'claimed' | 'prolonged'; claim: Claim }
  | { kind: 'taken'; claim: Claim };

/** What became of the wish to end a claim. `not-yours`: it is somebody else's, and nothing was said of taking it. */
export type Unclaimed =
  | { kind: 'released' | 'taken-away' | 'not-yours'; claim: Claim }
  | { kind: 'none' };

/**
 * Targets that people keep for themselves. A claim ends by itself, by the database's clock; every
 * change of one has an audit record, and who loses one otherwise than by their own word is told through
 * the outbox. Of two that are in each other's way, `all@env` and a target of it, only one can be had,
 * except by the same person.
 */
export interface Claims {
  /** What keeps others from the target, or for `all@env` from anything of it; oldest first. */
  on(target: string): Promise<readonly Claim[]>;
  /** Every claim there is, oldest first. */
  all(): Promise<readonly Claim[]>;
  /** For so many milliseconds from now; whoever has it already gets it with the new reason and end. */
  claim(target: string, by: Claimer, reason: string, ms: number): Promise<Claimed>;
  /** With a reason, somebody else's as well. */
  release(target: string, by: Claimer, takingBecause?: string | undefined): Promise<Unclaimed>;
  /** Writes down of those that are over that they are, and tells whose they were. */
  endDue(): Promise<void>;
}

/** How long a claim may last and lasts when nobody says, in milliseconds. */
export const claimLasts = { usual: 3_600_000, most: 86_400_000 };

/** How the audit calls what is done to the claims of a target. */
export const claimSubject = (target: string): string => `claim:${target}`;

/** How the outbox calls the notice of the change to a version of it. */
export const claimNotice = (target: string, version: number): string =>
  `${claimSubject(target)}/${version}`;

/** What such a notice is about; null when it is none. */
export function noticeIn(text: string): { subject: string; version: number } | null {
  const [, subject, version] = /^(claim:.+)\/([1-9]\d{0,9})$/.exec(text) ?? [];
  return subject && version ? { subject, version: Number(version) } : null;
}

/** Whether they are the same person. */
export const isSamePerson = (one: Claimer, other: Claimer): boolean =>
  one.id === other.id && one.team === other.team;

/** A claim in one sentence, with its moment and its person as machines write them: a view shows them as people read them. */
export const claimSentence = ({ target, by, until, reason }: Claim): string =>
  `${target} is claimed by user:${by.id} until ${new Date(until).toISOString()} because ${reason.replaceAll('user:', 'user: ').replace(/[.!?…\s]+$/, '')}.`;
