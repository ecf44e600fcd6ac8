import {
  type FactorHolder,
  type FactorRows,
  type FactorState,
  factorSubject,
} from '../core/second-factor.ts';
import { Secret } from '../core/secret.ts';
import type { Keyring } from './keyring.ts';
import { addressOf, newSecret } from './one-time-code.ts';

/** What is shown once, to whoever enrols somebody. */
export interface Enrolled {
  secret: Secret;
  /** The `otpauth://` address, which holds the secret too. */
  address: Secret;
  /** Whether an earlier secret of the person counts no more. */
  replaced: boolean;
}

/** Who has a second factor, without anything of it. */
export interface Enrolment {
  /** `T…/U…`. */
  person: string;
  enrolledAt: number;
  keyId: string;
  /** Whether there is the key to read it with, and nothing of it was changed. */
  readable: boolean;
}

/** Gives people a second factor and takes it away; for an administrator on the command line alone. */
export interface Enrolments {
  enrol(person: FactorHolder, by: string): Promise<Enrolled>;
  /** False when there was none. */
  revoke(person: FactorHolder, by: string): Promise<boolean>;
  list(): Promise<readonly Enrolment[]>;
}

/** Enrolments over the rows of a database; `by` is the name of who does it, for the audit. */
export function createEnrolments(
  rows: FactorRows,
  keyring: Keyring,
  randomBytes: (size: number) => Uint8Array,
): Enrolments {
  return {
    async enrol(person, by) {
      const secret = await newSecret(randomBytes);
      const subject = factorSubject(person);
      const sealed = keyring.seal(secret, subject);
      const change = { event: 'enrolled', actor: by, key: sealed.keyId };
      const before = await replace(rows, subject, change, (state, now) => ({
        ...state,
        sealed,
        enrolledAt: now,
        wrongAt: [],
        lockedUntil: 0,
      }));
      const address = new Secret(await addressOf(secret, `${person.id} of ${person.team}`));
      return { secret, address, replaced: before?.sealed != null };
    },
    async revoke(person, by) {
      const change = { event: 'revoked', actor: by, key: null };
      const before = await replace(rows, factorSubject(person), change, (state) =>
        state.sealed === null ? null : { ...state, sealed: null },
      );
      return before !== null;
    },
    async list() {
      const all = await rows.all();
      return all.flatMap(({ subject, state: { sealed, enrolledAt } }) =>
        sealed === null
          ? []
          : [
              {
                person: subject.slice(subject.indexOf(':') + 1),
                enrolledAt,
                keyId: sealed.keyId,
                readable: keyring.open(sealed, subject).ok,
              },
            ],
      );
    },
  };
}

/** Writes over what was read, and reads anew as long as somebody else is first. Answers what was there before. */
async function replace(
  rows: FactorRows,
  subject: string,
  { event, actor, key }: { event: string; actor: string; key: string | null },
  change: (state: FactorState, now: number) => FactorState | null,
): Promise<FactorState | null> {
  for (;;) {
    const { version, state, now } = await rows.find(subject);
    const next = change(state, now);
    if (next === null) return null;
    const entry = { event: `second-factor.${event}`, actor, facts: { key } };
    if (await rows.write({ subject, version, state: next, entry })) return state;
  }
}
