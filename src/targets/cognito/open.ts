import type { Driver } from '../../core/driver.ts';
import { cognitoAccounts } from './accounts.ts';
import type { CognitoOptions } from './options.ts';
import { createPool } from './pool.ts';
import { poolProbe } from './probe.ts';
import { cognitoSessions } from './sessions.ts';

/** What a user pool offers. */
export const openCognito: Driver<CognitoOptions>['open'] = async (options) => {
  const sdk = await import('@aws-sdk/client-cognito-identity-provider');
  const pool = createPool(sdk.CognitoIdentityProvider, options);
  const probes = [poolProbe(pool)];
  return {
    capabilities: {
      probes: { list: () => probes },
      accounts: cognitoAccounts(pool),
      sessions: cognitoSessions(pool),
    },
    close: async () => pool.close(),
  };
};
