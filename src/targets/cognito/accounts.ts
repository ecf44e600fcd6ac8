import type { UserType } from '@aws-sdk/client-cognito-identity-provider';
import type { Account, Accounts } from '../../core/capabilities.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { demandUser, findUser } from './find-user.ts';
import type { Pool } from './pool.ts';

const noLockouts =
  'Cognito tells of no lockouts: after failed attempts it makes people wait by itself, for at most a quarter of an hour';

/** How many pages of a list are read at most, of 60 entries each. */
const pages = 100;

/** The accounts of a user pool; runbook 000 "User Management". */
export const cognitoAccounts = (pool: Pool): Accounts => ({
  roles: () => pool.roles,
  find: async (user, signal) => {
    const found = await findUser(pool, user, signal);
    return found && accountOf(found.user, await roleOf(pool, found.username, signal));
  },
  admins: (signal) => countAdmins(pool, signal),
  create: (user, role, signal) => create(pool, user, role, signal),
  disable: (user, signal) =>
    change(pool, 'AdminDisableUser', user, signal, (cognito, ...who) =>
      cognito.adminDisableUser(...who),
    ),
  enable: (user, signal) =>
    change(pool, 'AdminEnableUser', user, signal, (cognito, ...who) =>
      cognito.adminEnableUser(...who),
    ),
  resetPassword: async (user, signal) => {
    const Username = await demandUser(pool, user, signal);
    // Each of them sends a message to the person: it is told once, whatever becomes of it.
    await pool.askOnce('AdminResetUserPassword', signal, (cognito, options) =>
      cognito.adminResetUserPassword({ UserPoolId: pool.id, Username }, options),
    );
  },
  noLockouts,
  clearLockout: async () => {
    throw new TargetError(noLockouts, { retryable: false, happened: false });
  },
});

type Cognito = Parameters<Parameters<Pool['ask']>[2]>[0];
type Options = Parameters<Parameters<Pool['ask']>[2]>[1];

/** Does something to exactly one account, by the name that no other can have. */
export async function change(
  pool: Pool,
  action: string,
  user: string,
  signal: AbortSignal,
  call: (
    cognito: Cognito,
    who: { UserPoolId: string; Username: string },
    options: Options,
  ) => Promise<unknown>,
): Promise<void> {
  const Username = await demandUser(pool, user, signal);
  await pool.ask(action, signal, (cognito, options) =>
    call(cognito, { UserPoolId: pool.id, Username }, options),
  );
}

/** The most powerful of the roles whose group the account is in. */
async function roleOf(pool: Pool, Username: string, signal: AbortSignal): Promise<string | null> {
  const groups: string[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const more = { ...(NextToken !== undefined && { NextToken }) };
    const answer = await pool.ask('AdminListGroupsForUser', signal, (cognito, options) =>
      cognito.adminListGroupsForUser({ UserPoolId: pool.id, Username, ...more }, options),
    );
    groups.push(...(answer.Groups ?? []).flatMap(({ GroupName }) => GroupName ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined)
      return pool.roles.findLast((role) => groups.includes(role)) ?? null;
  }
  throw endless();
}

async function countAdmins(pool: Pool, signal: AbortSignal): Promise<number> {
  const GroupName = pool.roles.at(-1) ?? '';
  let count = 0;
  let NextToken: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const more = { ...(NextToken !== undefined && { NextToken }) };
    const answer = await pool.ask('ListUsersInGroup', signal, (cognito, options) =>
      cognito.listUsersInGroup({ UserPoolId: pool.id, GroupName, ...more }, options),
    );
    count += (answer.Users ?? []).filter(({ Enabled }) => Enabled === true).length;
    NextToken = answer.NextToken;
    if (NextToken === undefined) return count;
  }
  throw endless();
}

const endless = () =>
  new TargetError('Cognito does not come to an end with a list', { retryable: true });

/**
 * Cognito makes up a first password and sends it itself: it is seen by nobody else. The runbook puts one
 * on a command line and then keeps the message back.
 */
async function create(pool: Pool, user: string, role: string, signal: AbortSignal): Promise<void> {
  if (!pool.roles.includes(role)) {
    const message = `${role} is none of the roles of the catalogue: ${pool.roles.join(', ')}`;
    throw new TargetError(message, { retryable: false, happened: false });
  }
  const attributes = [
    { Name: 'email', Value: user },
    { Name: 'email_verified', Value: 'true' },
  ];
  const made = await pool.askOnce('AdminCreateUser', signal, (cognito, options) =>
    cognito.adminCreateUser(
      {
        UserPoolId: pool.id,
        Username: user,
        UserAttributes: attributes,
        DesiredDeliveryMediums: ['EMAIL'],
      },
      options,
    ),
  );
  const Username = made.User?.Username ?? user;
  try {
    await pool.ask('AdminAddUserToGroup', signal, (cognito, options) =>
      cognito.adminAddUserToGroup({ UserPoolId: pool.id, Username, GroupName: role }, options),
    );
  } catch (cause) {
    const message = `the account of ${user} was made, but it did not become ${role}: ${messageOf(cause)}`;
    throw new TargetError(message, { retryable: false, cause });
  }
}

function accountOf(
  { Username, Attributes, Enabled, UserStatus }: UserType,
  role: string | null,
): Account {
  const attribute = (name: string) => Attributes?.find(({ Name }) => Name === name)?.Value;
  return {
    user: attribute('email') ?? Username ?? '',
    role,
    enabled: Enabled === true,
    verified: attribute('email_verified') === 'true',
    mustResetPassword: UserStatus === 'RESET_REQUIRED' || UserStatus === 'FORCE_CHANGE_PASSWORD',
    failedAttempts: null,
    lockedUntil: null,
    // UserLastModifiedDate, which the runbook takes for it, changes when somebody is disabled.
    lastLogin: null,
  };
}
