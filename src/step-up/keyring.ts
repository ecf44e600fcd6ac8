import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { err, ok, type Result } from '../core/result.ts';
import { Secret } from '../core/secret.ts';

/** Encrypts what must be read again and nobody else may read. */
export interface Keyring {
  /** The id of the key that encrypts. */
  current: string;
  /** Encrypts for one place: it can be read back for that alone. */
  seal(secret: Secret, place: string): { text: string; keyId: string };
  /** The secret again, or one sentence why not. */
  open(sealed: { text: string; keyId: string }, place: string): Result<Secret, string>;
}

const cipher = 'aes-256-gcm';
const nonceSize = 12;
const tagSize = 16;

/**
 * AES-256-GCM with the first of these keys, 32 bytes in base64 each; the others only read. What is
 * encrypted is tied to its place and to its key, so that neither a row nor a part of one can be moved.
 * Null without a key.
 */
export function createKeyring(
  keys: readonly Secret[],
  randomBytes: (size: number) => Uint8Array,
): Keyring | null {
  const known = new Map(keys.map((key) => [idOf(key), key]));
  const [first] = keys;
  if (!first) return null;
  const current = idOf(first);
  return {
    current,
    seal(secret, place) {
      const nonce = randomBytes(nonceSize);
      const sealing = createCipheriv(cipher, bytesOf(first), nonce, { authTagLength: tagSize });
      sealing.setAAD(boundTo(place, current));
      const body = Buffer.concat([sealing.update(secret.reveal(), 'utf8'), sealing.final()]);
      const text = Buffer.concat([nonce, sealing.getAuthTag(), body]).toString('base64');
      return { text, keyId: current };
    },
    open({ text, keyId }, place) {
      const key = known.get(keyId);
      if (!key) {
        return err(
          `it was encrypted with the key ${keyId}, which is not among GATEHOUSE_ENCRYPTION_KEY`,
        );
      }
      const read = openWith(key, Buffer.from(text, 'base64'), boundTo(place, keyId));
      return read ? ok(read) : err('what is kept of it in the database was changed');
    },
  };
}

function openWith(key: Secret, bytes: Buffer, bound: Buffer): Secret | null {
  try {
    const nonce = bytes.subarray(0, nonceSize);
    const opening = createDecipheriv(cipher, bytesOf(key), nonce, { authTagLength: tagSize });
    opening.setAAD(bound);
    opening.setAuthTag(bytes.subarray(nonceSize, nonceSize + tagSize));
    const body = bytes.subarray(nonceSize + tagSize);
    return new Secret(Buffer.concat([opening.update(body), opening.final()]).toString('utf8'));
  } catch {
    return null;
  }
}

const bytesOf = (key: Secret): Buffer => Buffer.from(key.reveal(), 'base64');

/** Tells keys apart and says nothing about them. */
const idOf = (key: Secret): string =>
  hash('sha256', Buffer.concat([Buffer.from('gatehouse key id\n'), bytesOf(key)])).slice(0, 12);

const boundTo = (place: string, keyId: string): Buffer => Buffer.from(`${keyId}\n${place}`);
