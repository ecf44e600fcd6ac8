import { defineDriver } from '../core/driver.ts';
import { cognitoAccounts } from './cognito/accounts.ts';
import { cognitoOptions } from './cognito/options.ts';
import { createPool } from './cognito/pool.ts';
import { poolProbe } from './cognito/probe.ts';
import { cognitoSessions } from './cognito/sessions.ts';

/** A user pool of AWS Cognito: its accounts one at a time, and the sessions of each; runbook 000. */
export const cognito = defineDriver({
  name: 'cognito',
  summary:
    'Shows, makes, disables and enables accounts of an AWS Cognito user pool; ends sessions.',
  options: cognitoOptions,

  async open(options) {
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
  },
});
