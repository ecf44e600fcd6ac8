import type { Verdict } from './action.ts';
import type { NoUse, Reviewed } from './break-glass.ts';
import type { Claim } from './claims.ts';
import type { IncidentState } from './incident.ts';
import type { LimitReached } from './limits.ts';
import type { Role } from './person.ts';
import type { RunState } from './run.ts';
import type { Proof } from './second-factor.ts';
import type { Severity } from './severity.ts';
import type { Opening } from './window.ts';

/**
 * Why a run was not begun, or a vote not counted. Closed: every kind has its sentence in
 * `views/runs/run-refusal.ts`, whose `switch` has no default.
 */
export type RunRefusal =
  | { kind: 'no-such-run'; id: string }
  /** `why` where it is known: a sentence without its full stop. */
  | { kind: 'cannot'; action: string; target: string; needs: readonly string[]; why?: string }
  | { kind: 'not-now'; verdict: Verdict; action?: string }
  | { kind: 'reason-too-short'; least: number }
  | { kind: 'nobody-could-approve'; roles: readonly Role[] }
  | { kind: 'own-request' }
  /** It is about who asks, and nobody else would have a say in it. */
  | { kind: 'about-yourself' }
  | { kind: 'not-eligible'; roles: readonly Role[] }
  | { kind: 'voted-already' }
  | { kind: 'other-plan'; shown: string; current: string }
  /** The button stands in a message that is not about this run. */
  | { kind: 'other-message'; id: string }
  | { kind: 'already'; state: RunState }
  | { kind: 'too-late' }
  | { kind: 'not-yours' }
  | { kind: 'wrong-target-typed'; expected: string }
  | { kind: 'not-verified'; why: string }
  /** The vote needs a one-time password, and what was given, if anything, proves nothing. */
  | { kind: 'not-proven'; proof: Unproven }
  /** It would need one-time passwords, which cannot be checked without a key. */
  | { kind: 'no-step-up' }
  | ({ kind: 'break-glass' } & BreakGlassRefusal)
  /** It needs an open incident about its target, and is part of none. */
  | { kind: 'no-incident'; target: string; no: NoIncident }
  | ({ kind: 'outside-window' } & OutsideWindow)
  /** It took so long that whoever asked was told by somebody else that nothing came of it. */
  | { kind: 'given-up' }
  | ({ kind: 'limit'; target: string } & LimitReached)
  /** Somebody else keeps the target, or a part of it, for themselves. */
  | { kind: 'claimed'; target: string; claim: Claim }
  /** The kill switch is on, or cannot be read. */
  | { kind: 'stopped'; why: string }
  | { kind: 'may-not-stop'; roles: readonly Role[] }
  | { kind: 'may-not-resume'; roles: readonly Role[] };

/** When something may be asked for instead, and who could do it before then. */
export interface OutsideWindow {
  action: string;
  target: string;
  /** Where in the configuration file it is said: an environment, `production` or `elsewhere`. */
  place: string;
  /** The hours, as they are written there. */
  hours: readonly string[];
  opens: Opening | null;
  /** Whether it may be done at any time in an open incident about the target. */
  inIncident: boolean;
  /** Who may do it by break-glass; null when nobody may. */
  breakGlass: { roles: readonly Role[]; onCall: readonly Role[] } | null;
}

/** Why there is no incident because of which a run may be done. */
export type NoIncident =
  /** The run is part of none. */
  | { why: 'none' }
  | { why: 'unknown'; id: string }
  | { why: 'over'; id: string; state: IncidentState }
  /** It is about something else, or nobody has said what it is about. */
  | { why: 'elsewhere'; id: string; about: string | null }
  /** It is about that and open, and not grave enough. */
  | { why: 'minor'; id: string; severity: Severity; atLeast: Severity }
  /** The database did not say. */
  | { why: 'unread'; cause: string };

/** Why a one-time password proves nothing; `missing` when there was none. */
export type Unproven = Exclude<Proof, { kind: 'ok' }> | { kind: 'missing' };

/** Why somebody may not do without the approvals of others, or why their review was not taken. */
export type BreakGlassRefusal =
  | NoUse
  | { why: 'off' }
  | { why: 'never'; action: string }
  | { why: 'not-eligible' | 'not-on-call' | 'not-reviewer'; roles: readonly Role[] }
  | { why: Exclude<Reviewed, 'done'>; run: string };
