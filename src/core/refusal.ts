import type { Role, Standing } from './person.ts';
import type { Denial } from './policy.ts';
import type { Next } from './report.ts';

/**
 * Why a person's request was turned down. Closed: every kind has its sentence in `views/refusal.ts`,
 * whose `switch` has no default.
 */
export type Refusal = Unreadable | Unknown | Unclear | Forbidden;

/** The text itself could not be taken apart. */
export type Unreadable =
  | { kind: 'too-long'; length: number; limit: number }
  | { kind: 'hidden-character'; code: string }
  | { kind: 'unclosed-quote'; quote: string }
  | { kind: 'bad-filter'; filter: string; near: Near };

/** Something was named that does not exist, or not for this person. */
export type Unknown =
  | { kind: 'unknown-verb'; word: string; near: Near }
  | { kind: 'unknown-service'; word: string; near: Near; known: readonly string[] }
  | { kind: 'unknown-env'; service: string; word: string; near: Near; known: readonly string[] }
  | {
      kind: 'unknown-dependency';
      target: string;
      word: string;
      near: Near;
      known: readonly string[];
    }
  | { kind: 'unknown-flag'; command: string; flag: string; near: Near; known: readonly string[] }
  | { kind: 'unknown-button' }
  | { kind: 'unknown-form' };

/** Something is missing, twice there or not of the kind that is wanted. */
export type Unclear =
  | { kind: 'missing-target'; command: string; near: Near }
  | { kind: 'missing-env'; command: string; service: string; near: Near }
  /** `all` was named for a command that is done to one service at a time. */
  | { kind: 'not-everywhere'; command: string }
  /** More than one word could be the target. */
  | { kind: 'unclear-target'; command: string; words: readonly string[] }
  | { kind: 'two-envs'; one: string; other: string }
  | { kind: 'flag-twice'; flag: string }
  | { kind: 'flag-without-value'; flag: string }
  | { kind: 'too-many-words'; command: string; word: string }
  | { kind: 'bad-value'; command: string; complaints: readonly Complaint[] };

/** The person may not, or not here. */
export type Forbidden =
  | NotAllowed
  | { kind: 'not-a-member'; why: Extract<Standing, { kind: 'refused' }>['why'] }
  | { kind: 'not-verified'; command: string; why: string }
  | { kind: 'private-only'; command: string };

/** The policy says no; `roles` are those each of which would be enough. */
export interface NotAllowed {
  kind: 'not-allowed';
  command: string;
  env: string | null;
  /** The service, when it matters to the grants. */
  service?: string | null;
  denial: Denial;
  roles: readonly Role[];
  /** What others can be asked to ask for: the command as it is typed. */
  wish?: string;
}

/** What the person may have meant: the words, and buttons that type the command put right. */
export interface Near {
  words: readonly string[];
  next: readonly Next[];
}

/** What is wrong with one value: which flag, operand or words after the command, and what was expected. */
export interface Complaint {
  where: string;
  what: string;
  /** The flag without its dashes, or `words`: the field of a form that it is about. */
  field: string;
}
