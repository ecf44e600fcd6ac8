import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/** A signing key at rest. Times in milliseconds since 1970. */
export interface StoredKey {
  kid: string;
  /** The private half, as a JSON Web Key. */
  jwk: JsonWebKey;
  madeAt: number;
  /** When a rotated key stops being accepted; null for the one that signs. */
  retiresAt: number | null;
}

/** What an access token says. Times in seconds since 1970, as JWT has them. */
export interface Claims {
  sub: string;
  sid: string;
  iat: number;
  exp: number;
}

/** Seconds that an access token lives. */
export const tokenLife = 900;

/** A fresh key for ES256. */
export function makeKey(): StoredKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = `key-${randomBytes(4).toString('hex')}`;
  return { kid, jwk: privateKey.export({ format: 'jwk' }), madeAt: Date.now(), retiresAt: null };
}

/** Keys whose signatures are still accepted. */
export const acceptedKeys = (keys: readonly StoredKey[]): StoredKey[] =>
  keys.filter(({ retiresAt }) => retiresAt === null || retiresAt > Date.now());

/** The public halves, as a JWKS endpoint shows them. */
export const publicKeys = (keys: readonly StoredKey[]): { keys: object[] } => ({
  keys: acceptedKeys(keys).map(({ kid, jwk: { kty, crv, x, y } }) => ({
    kid,
    kty,
    crv,
    x,
    y,
    alg: 'ES256',
    use: 'sig',
  })),
});

/** Signs claims with the newest key. */
export function issueToken(keys: readonly StoredKey[], claims: Claims): string {
  const [newest] = keys;
  if (!newest) throw new Error('there is no key to sign with');
  const signed = `${encode({ alg: 'ES256', typ: 'JWT', kid: newest.kid })}.${encode(claims)}`;
  const key = createPrivateKey({ key: newest.jwk, format: 'jwk' });
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** The claims of a token that an accepted key signed and that has not run out; null for any other text. */
export function readToken(keys: readonly StoredKey[], token: string): Claims | null {
  const [head = '', body = '', signature = ''] = token.split('.');
  const kid = decode(head)?.kid;
  const stored = acceptedKeys(keys).find((key) => key.kid === kid);
  if (!stored) return null;
  const key = createPublicKey({ key: stored.jwk, format: 'jwk' });
  const bytes = Buffer.from(signature, 'base64url');
  const genuine = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key, dsaEncoding: 'ieee-p1363' },
    bytes,
  );
  const claims = decode(body) as Claims | null;
  return genuine && claims && claims.exp * 1000 > Date.now() ? claims : null;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
