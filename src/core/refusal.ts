import type { Standing } from './person.ts';
import type { Denial } from './policy.ts';
import type { Next } from './report.ts';

/**
 * Why a person's request was turned down. Closed: every kind has its sentence in `views/refusal.ts`,
 * whose `switch` has no default.
 */
export type Refusal =
  | { kind: 'too-long'; length: number; limit: number }
  | { kind: 'hidden-character'; code: string }
  | { kind: 'unclosed-quote'; quote: string }
  | { kind: 'unknown-verb'; word: string; near: Near }
  | { kind: 'unknown-service'; word: string; near: Near; known: readonly string[] }
  | { kind: 'unknown-env'; service: string; word: string; near: Near; known: readonly string[] }
  | { kind: 'two-envs'; one: string; other: string }
  | { kind: 'missing-target'; command: string; near: Near }
  | { kind: 'missing-env'; command: string; service: string; near: Near }
  | { kind: 'unknown-flag'; command: string; flag: string; near: Near; known: readonly string[] }
  | { kind: 'flag-twice'; flag: string }
  | { kind: 'flag-without-value'; flag: string }
  | { kind: 'too-many-words'; command: string; word: string }
  | { kind: 'bad-value'; command: string; complaints: readonly Complaint[] }
  | { kind: 'bad-filter'; filter: string; near: Near }
  | {
      kind: 'not-allowed';
      command: string;
      env: string | null;
      denial: Denial;
      roles: readonly string[];
    }
  | { kind: 'not-a-member'; why: Extract<Standing, { kind: 'refused' }>['why'] }
  | { kind: 'not-verified'; command: string; why: string }
  | { kind: 'private-only'; command: string }
  | { kind: 'unknown-button' }
  | { kind: 'no-such-form' };

/** What the person may have meant: the words, and buttons that type the command put right. */
export interface Near {
  words: readonly string[];
  next: readonly Next[];
}

/** What is wrong with one value: which flag (or the words after the command), and what was expected. */
export interface Complaint {
  where: string;
  what: string;
}
