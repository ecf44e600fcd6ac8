import { randomBytes } from 'node:crypto';
import type { Counters } from './counters.ts';
import { type Asked, Refused } from './exchange.ts';
import type { RecentFailures } from './failures.ts';
import { issueToken, tokenLife } from './keys.ts';
import type { SystemLog } from './log.ts';
import { type Session, type Sessions, sessionLife } from './sessions.ts';
import type { StateFile } from './store/state.ts';
import { passwordOf, type User } from './users.ts';

/** What {@link createLogins} needs. */
export interface LoginDeps {
  file: StateFile;
  sessions: Sessions;
  log: SystemLog;
  counters: Counters;
  failures: RecentFailures;
}

/** What somebody who logged in gets, as OAuth names it. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
}

/** Logging in, and staying so. Refuses with 401 and the reason. */
export interface Logins {
  login(email: string, password: string, asked: Asked): Promise<Tokens>;
  refresh(token: string): Promise<Tokens>;
}

const attemptsAllowed = 5;
const lockTime = 10 * 60_000;
const sessionsOfOne = 5;

/** Logins against the accounts in a system's state. */
export function createLogins(deps: LoginDeps): Logins {
  const { file, sessions, log, counters } = deps;
  const userOf = (email: string) => file.state.users.find((user) => user.email === email);
  const tokensFor = (session: Session): Tokens => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: session.user, sid: session.id, iat: now, exp: now + tokenLife };
    const access = issueToken(file.state.keys, claims);
    const refresh = `${session.id}.${session.refresh}`;
    return {
      access_token: access,
      refresh_token: refresh,
      token_type: 'Bearer',
      expires_in: tokenLife,
    };
  };

  return {
    login: async (email, password, asked) => {
      const user = userOf(email);
      const reason = reasonAgainst(user, password);
      if (!user || reason) {
        fail(deps, user, email, reason ?? 'unknown user', asked);
        throw new Refused(401, reason === 'password reset required' ? reason : 'login failed');
      }
      const session = makeSession(user, asked.address);
      await limitSessions(sessions, user);
      await sessions.add(session);
      changeUser(file, email, (one) => {
        Object.assign(one, { failedAttempts: 0, lockedUntil: null, lastLogin: Date.now() });
      });
      counters.count('auth_logins_total', { result: 'success' });
      log.write('login', { user: email, address: asked.address, ...lineOf(asked, 200) });
      log.write('tokenIssued', { user: email, kid: file.state.keys[0]?.kid });
      return tokensFor(session);
    },
    refresh: async (token) => {
      const [id = '', secret = ''] = token.split('.');
      const session = await sessions.find(id);
      if (!session || session.refresh !== secret || !userOf(session.user)?.enabled) {
        throw new Refused(401, 'the refresh token is not valid any more');
      }
      return tokensFor(session);
    },
  };
}

function reasonAgainst(user: User | undefined, password: string): string | null {
  if (!user) return 'unknown user';
  if (user.lockedUntil !== null && user.lockedUntil > Date.now()) return 'locked';
  if (password !== passwordOf(user.email)) return 'wrong password';
  if (!user.enabled) return 'disabled';
  if (!user.verified) return 'not verified';
  return user.mustReset ? 'password reset required' : null;
}

function fail(
  { file, log, counters, failures }: LoginDeps,
  user: User | undefined,
  email: string,
  reason: string,
  asked: Asked,
): void {
  counters.count('auth_logins_total', { result: 'failure' });
  failures.add(asked.address);
  log.write('loginFailed', { user: email, address: asked.address, reason, ...lineOf(asked, 401) });
  if (!user || reason !== 'wrong password') return;
  if (!changeUser(file, email, countFailure)) return;
  counters.count('auth_lockouts_total');
  log.write('locked', { user: email, address: asked.address });
}

/** One more wrong password; true when it was the last one that is allowed. */
function countFailure(user: User): boolean {
  user.failedAttempts += 1;
  if (user.failedAttempts < attemptsAllowed) return false;
  user.lockedUntil = Date.now() + lockTime;
  user.failedAttempts = 0;
  return true;
}

/** Changes an account that may have been removed meanwhile. */
const changeUser = <T>(file: StateFile, email: string, how: (user: User) => T): T | undefined =>
  file.change(({ users }) => {
    const user = users.find((one) => one.email === email);
    return user && how(user);
  });

const lineOf = ({ path, requestId }: Asked, status: number) => ({
  path,
  status,
  request_id: requestId,
});

const makeSession = (user: User, address: string): Session => ({
  id: randomBytes(9).toString('base64url'),
  user: user.email,
  address,
  refresh: randomBytes(18).toString('base64url'),
  startedAt: Date.now(),
  expiresAt: Date.now() + sessionLife,
});

/** Somebody who logs in again and again leaves no more than a few sessions behind. */
async function limitSessions(sessions: Sessions, user: User): Promise<void> {
  const theirs = (await sessions.list()).filter((session) => session.user === user.email);
  const oldestFirst = theirs.sort((a, b) => a.startedAt - b.startedAt);
  const surplus = oldestFirst.slice(0, Math.max(0, theirs.length - sessionsOfOne + 1));
  if (surplus.length > 0) await sessions.end(surplus.map(({ id }) => id));
}
