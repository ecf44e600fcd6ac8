import type { AuditEntry } from '../core/audit.ts';
import {
  attempt,
  type FactorHolder,
  type FactorRows,
  type FactorState,
  factorSubject,
  type KeptFactor,
  type Proof,
  type SecondFactor,
  timeOf,
} from '../core/second-factor.ts';
import type { Keyring } from './keyring.ts';
import { readCode, stepsOf } from './one-time-code.ts';

/** How often a code is judged anew because somebody else was first. */
const mostTries = 20;

/**
 * One-time passwords over the rows of a database. A code is judged by the state that was read and
 * counts only when that state could be replaced at a time at which it still is the code: of two
 * processes that are shown the same code one is too late and judges anew.
 */
export function createSecondFactor(
  rows: Pick<FactorRows, 'find' | 'write'>,
  keyring: Keyring | null,
): SecondFactor {
  return {
    hasKey: keyring !== null,
    async verify(person, code) {
      if (!keyring) return { kind: 'no-key', why: 'GATEHOUSE_ENCRYPTION_KEY is not set' };
      for (let tries = 0; tries < mostTries; tries += 1) {
        const proof = await once({ rows, keyring, person }, code);
        if (proof) return proof;
      }
      throw new Error('too many codes of one person were tried at once');
    },
    async enrolledAt(person) {
      const { state } = await rows.find(factorSubject(person));
      return state.sealed === null ? null : state.enrolledAt;
    },
  };
}

interface Asked {
  rows: Pick<FactorRows, 'find' | 'write'>;
  keyring: Keyring;
  person: FactorHolder;
}

/** Null when somebody else was first. */
async function once({ rows, keyring, person }: Asked, typed: string): Promise<Proof | null> {
  const subject = factorSubject(person);
  const kept = await rows.find(subject);
  const { state, now } = kept;
  if (state.sealed === null) return { kind: 'not-enrolled' };
  const secret = keyring.open(state.sealed, subject);
  if (!secret.ok) return { kind: 'no-key', why: secret.error };
  const code = readCode(typed);
  if (code === null) return { kind: 'wrong' }; // nobody can guess anything by what is no code
  const { proof, next, step } = attempt(state, await stepsOf(secret.value, code, now), now);
  if (next === null) return proof;
  const sealed =
    step !== null && state.sealed.keyId !== keyring.current
      ? keyring.seal(secret.value, subject)
      : state.sealed;
  const written = await rows.write({
    subject,
    version: kept.version,
    state: { ...next, sealed },
    entry: entryFor(person, proof, kept, next),
    ...(step !== null && { within: timeOf(step) }),
  });
  return written ? proof : null;
}

/** What the audit keeps of a try: never the code, nor anything that it could be found by. */
const entryFor = (
  { id, team }: FactorHolder,
  proof: Proof,
  { state }: KeptFactor,
  next: FactorState,
): AuditEntry => ({
  event: `second-factor.${proof.kind === 'ok' ? 'accepted' : proof.kind}`,
  actor: `user:${team}/${id}`,
  facts:
    proof.kind === 'ok'
      ? { key: state.sealed?.keyId ?? null }
      : { wrong: next.wrongAt.length, lockedUntil: next.lockedUntil || null },
});
