import type { UserType } from '@aws-sdk/client-cognito-identity-provider';
import { TargetError } from '../../core/errors.ts';
import type { Pool } from './pool.ts';

/** Pages that are read at most; with a filter there is one, or a few empty ones before it. */
const pages = 20;

/** One account of the pool, by the name that is its own for ever. */
export interface Found {
  username: string;
  user: UserType;
}

/**
 * The one account with this address or, where nobody has it, with this user name.
 *
 * @throws {TargetError} when several have it: nothing is done to whoever comes first.
 */
export async function findUser(
  pool: Pool,
  user: string,
  signal: AbortSignal,
): Promise<Found | null> {
  if (user === '' || user.length > 254 || !isPlain(user)) return null;
  const byAddress = await listWhere(pool, 'email', user, signal);
  const found = byAddress.length > 0 ? byAddress : await listWhere(pool, 'username', user, signal);
  if (found.length > 1) {
    const message = `${found.length} accounts of Cognito have the address ${user}; nobody can tell which one is meant`;
    throw new TargetError(message, { retryable: false, happened: false });
  }
  const [one] = found;
  return one?.Username === undefined ? null : { username: one.Username, user: one };
}

/** @throws {TargetError} when there is none. */
export async function demandUser(pool: Pool, user: string, signal: AbortSignal): Promise<string> {
  const found = await findUser(pool, user, signal).catch((error) => {
    throw untouched(error);
  });
  if (found) return found.username;
  throw new TargetError(`Cognito has no account ${user}`, { retryable: false, happened: false });
}

/** Looking somebody up has changed nothing, whatever became of it. */
const untouched = (error: unknown): unknown =>
  error instanceof TargetError
    ? new TargetError(error.message, { retryable: error.retryable, happened: false, cause: error })
    : error;

async function listWhere(
  pool: Pool,
  attribute: 'email' | 'username',
  value: string,
  signal: AbortSignal,
): Promise<UserType[]> {
  const found: UserType[] = [];
  let token: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await pool.ask('ListUsers', signal, (cognito, options) =>
      cognito.listUsers(
        {
          UserPoolId: pool.id,
          Filter: `${attribute} = ${quoted(value)}`,
          ...(token !== undefined && { PaginationToken: token }),
        },
        options,
      ),
    );
    found.push(...(answer.Users ?? []).filter((user) => has(user, attribute, value)));
    token = answer.PaginationToken;
    if (token === undefined) return found;
  }
  throw new TargetError('Cognito does not come to an end with its accounts', { retryable: true });
}

/** A value of a filter: it cannot end before it should. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`;

/** Whatever the filter let through, only an exact match is taken. */
function has({ Username, Attributes }: UserType, attribute: string, value: string): boolean {
  const own =
    attribute === 'username' ? Username : Attributes?.find(({ Name }) => Name === 'email')?.Value;
  return own?.toLowerCase() === value.toLowerCase();
}

/** Without control characters, which no address has and filters have no way to write. */
const isPlain = (text: string): boolean => /^\P{C}+$/u.test(text);
