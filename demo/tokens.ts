import type { Counters } from './counters.ts';
import { type Asked, Refused } from './exchange.ts';
import { type Claims, readToken } from './keys.ts';
import type { Sessions } from './sessions.ts';
import type { StateFile } from './store/state.ts';

/** Checks access tokens: signed by an accepted key, not run out, and of a session that still lives. */
export type TokenCheck = (asked: Asked) => Promise<Claims>;

/** A check that remembers which tokens had a good signature until the keys change. */
export function createTokenCheck(
  file: StateFile,
  sessions: Sessions,
  counters: Counters,
): TokenCheck {
  const cache = new Map<string, Claims>();
  let keys = '';

  const claimsOf = (token: string): Claims | null => {
    const accepted = file.state.keys.map(({ kid, retiresAt }) => `${kid}${retiresAt}`).join();
    if (accepted !== keys || cache.size > 1000) cache.clear();
    keys = accepted;
    const known = cache.get(token);
    counters.count(known ? 'cache_hits_total' : 'cache_misses_total');
    const claims = known ?? readToken(file.state.keys, token);
    if (claims) cache.set(token, claims);
    return claims && claims.exp * 1000 > Date.now() ? claims : null;
  };

  return async ({ bearer }) => {
    const claims = bearer ? claimsOf(bearer) : null;
    if (!claims || !(await sessions.find(claims.sid))) {
      throw new Refused(401, 'the token is not valid');
    }
    return claims;
  };
}
