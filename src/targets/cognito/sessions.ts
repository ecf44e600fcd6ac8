import type { Sessions } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import { change } from './accounts.ts';
import type { Pool } from './pool.ts';

const notAll =
  'Cognito can end the sessions of one account at a time only; there is no way to end those of everybody';

/** The sessions of a user pool: refresh tokens, which Cognito neither counts nor lists. */
export const cognitoSessions = (pool: Pool): Sessions => ({
  remains: () =>
    'Access and identity tokens that were issued before are accepted by services until they expire.',
  count: async () => null,
  revoke: (user, signal) =>
    change(pool, 'AdminUserGlobalSignOut', user, signal, (cognito, ...who) =>
      cognito.adminUserGlobalSignOut(...who),
    ),
  notAll,
  revokeAll: async () => {
    throw new TargetError(notAll, { retryable: false, happened: false });
  },
});
