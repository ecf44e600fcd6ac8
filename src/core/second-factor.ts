import type { AuditEntry } from './audit.ts';

/** Somebody who has a second factor, or should have one: Slack user and team. */
export interface FactorHolder {
  id: string;
  team: string;
}

/** What a code proves. Nothing of it ever says what the code was. */
export type Proof =
  /** `enrolledAt` says which second factor it is the code of: whoever is enrolled anew has another one. */
  | { kind: 'ok'; enrolledAt: number }
  | { kind: 'wrong' }
  /** It was right, and has been used: each code counts once. */
  | { kind: 'replayed' }
  /** Too many were wrong; `until` by the database's clock, in milliseconds since 1970. */
  | { kind: 'locked'; until: number }
  | { kind: 'not-enrolled' }
  /** There is no key, or not the one that the secret was encrypted with, or the row was changed. */
  | { kind: 'no-key'; why: string };

/** What an approver proves besides their Slack account: a one-time password after RFC 6238. */
export interface SecondFactor {
  /** Whether there is a key to read secrets with. Without one every code is refused. */
  hasKey: boolean;
  /** Takes a code at most once. @throws when the database does not answer. */
  verify(person: FactorHolder, code: string): Promise<Proof>;
  /** Which one the person has now, by when it was given, and never from a copy; null for none. @throws likewise. */
  enrolledAt(person: FactorHolder): Promise<number | null>;
}

/** What is kept of one person's second factor, for good: also after it was revoked. */
export interface FactorState {
  /** The encrypted secret and the id of its key; null when it was revoked. */
  sealed: { text: string; keyId: string } | null;
  /** By the database's clock, in milliseconds since 1970, as all times here. */
  enrolledAt: number;
  /** The last time step of which a code was taken: none up to it is taken ever again. */
  lastStep: number;
  /** When the latest wrong codes were tried. */
  wrongAt: readonly number[];
  lockedUntil: number;
}

/** The state of one person, at which version it is and when it was read. Version 0: nothing was ever kept. */
export interface KeptFactor {
  version: number;
  state: FactorState;
  now: number;
}

/** A change over exactly the version that was read, with its one audit record. */
export interface FactorChange {
  subject: string;
  version: number;
  state: FactorState;
  entry: AuditEntry;
  /** The change is made only at this time: from, and before, by the database's clock. */
  within?: { from: number; to: number };
}

/** Where second factors are kept. What they mean, and how a secret is read, is `step-up/`'s. */
export interface FactorRows {
  find(subject: string): Promise<KeptFactor>;
  /** Everybody who ever had one, by subject. */
  all(): Promise<readonly { subject: string; state: FactorState }[]>;
  /** False when somebody else was first, or when it is not the time any more. */
  write(change: FactorChange): Promise<boolean>;
}

/** As it is before anybody was enrolled. */
export const noFactor: FactorState = {
  sealed: null,
  enrolledAt: 0,
  lastStep: 0,
  wrongAt: [],
  lockedUntil: 0,
};

/** Under which name the audit keeps what is done to somebody's second factor. */
export const factorSubject = ({ id, team }: FactorHolder): string => `second-factor:${team}/${id}`;

/** How long one code is shown, in milliseconds. */
export const codeStep = 30_000;
/** How many steps a person's clock may be off, to either side. */
export const stepsOff = 1;
/** So many wrong codes within `within` lock for `lasts`; both in milliseconds. */
export const lockout = { wrong: 5, within: 900_000, lasts: 900_000 } as const;

/** The step that a moment is in. */
export const stepAt = (now: number): number => Math.floor(now / codeStep);

/** The time in which the code of a step is taken. */
export const timeOf = (step: number): { from: number; to: number } => ({
  from: (step - stepsOff) * codeStep,
  to: (step + stepsOff + 1) * codeStep,
});

/** What a code does: what it proves, and what has to be written before that may be said. */
export interface Attempt {
  proof: Proof;
  /** Null when nothing changes. */
  next: FactorState | null;
  /** The step whose code was taken. */
  step: number | null;
}

/**
 * Judges a code by the steps that it is the code of. A right one that was used before is told apart
 * from a wrong one, and does not count as one: it tells nobody anything.
 */
export function attempt(state: FactorState, matching: readonly number[], now: number): Attempt {
  const as = (proof: Proof, next: FactorState | null = null, step: number | null = null) => ({
    proof,
    next,
    step,
  });
  if (state.lockedUntil > now) return as({ kind: 'locked', until: state.lockedUntil });
  const fresh = matching.filter((step) => step > state.lastStep);
  if (fresh.length > 0) {
    const step = Math.min(...fresh);
    return as({ kind: 'ok', enrolledAt: state.enrolledAt }, { ...state, lastStep: step }, step);
  }
  if (matching.length > 0) return as({ kind: 'replayed' });
  const next = afterWrong(state, now);
  const locked = next.lockedUntil > now;
  return as(locked ? { kind: 'locked', until: next.lockedUntil } : { kind: 'wrong' }, next);
}

function afterWrong(state: FactorState, now: number): FactorState {
  const wrongAt = [...state.wrongAt.filter((at) => now - at < lockout.within), now];
  return wrongAt.length >= lockout.wrong
    ? { ...state, wrongAt: [], lockedUntil: now + lockout.lasts }
    : { ...state, wrongAt };
}
