import { timingSafeEqual } from 'node:crypto';
import { codeStep, stepAt, stepsOff } from '../core/second-factor.ts';
import { Secret } from '../core/secret.ts';

/** The bytes of a secret: as many as SHA-1 mixes, as RFC 4226 advises. */
const secretSize = 20;
/** What authenticator apps take for granted. */
const form = { algorithm: 'SHA1', digits: 6, period: codeStep / 1_000 } as const;

/** Codes after RFC 6238. The library is loaded with the first one. */
const load = () => import('otpauth');

/** A new secret, in base32 as people type it. */
export async function newSecret(randomBytes: (size: number) => Uint8Array): Promise<Secret> {
  const otp = await load();
  const buffer = Uint8Array.from(randomBytes(secretSize)).buffer;
  return new Secret(new otp.Secret({ buffer }).base32);
}

/** The address that an authenticator app takes a secret from. */
export async function addressOf(secret: Secret, label: string): Promise<string> {
  const otp = await load();
  return new otp.TOTP({ ...form, issuer: 'Gatehouse', label, secret: secret.reveal() }).toString();
}

/** The code of a moment, in milliseconds since 1970. */
export async function codeAt(secret: Secret, timestamp: number): Promise<string> {
  const otp = await load();
  const from = otp.Secret.fromBase32(secret.reveal());
  return otp.TOTP.generate({ ...form, secret: from, timestamp });
}

/** Whether it looks like a code at all; people may put a gap in the middle. */
export const readCode = (text: string): string | null =>
  /^\s*\d{3}[\s-]?\d{3}\s*$/.test(text) ? text.replace(/[\s-]/g, '') : null;

/** The steps around a moment that a code is the code of. All are compared, whichever fits. */
export async function stepsOf(secret: Secret, code: string, now: number): Promise<number[]> {
  const around = Array.from({ length: 2 * stepsOff + 1 }, (_, at) => stepAt(now) - stepsOff + at);
  const codes = await Promise.all(around.map((step) => codeAt(secret, step * codeStep)));
  const fits = codes.map((one) => timingSafeEqual(Buffer.from(one), Buffer.from(code)));
  return around.filter((_, at) => fits[at]);
}
