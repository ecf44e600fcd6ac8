import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import type { Capabilities } from '../../../src/core/capabilities.ts';
import { Secret } from '../../../src/core/secret.ts';
import { cognito as driver } from '../../../src/targets/cognito.ts';
import { realClock } from '../../support/clock.ts';

const region = 'us-east-1';
const password = 'Correct-horse-7-battery';
let people = 0;

/** A user pool, the driver on it, and how people sign in to it. */
export interface APool {
  id: string;
  can: Pick<Capabilities, 'accounts' | 'sessions' | 'probes'>;
  /** Makes somebody who can sign in, with these groups. */
  person(groups?: readonly string[]): Promise<string>;
  nobody(): string;
  /** The token to go on with, or null when it is refused. */
  signIn(user: string): Promise<string | null>;
  goesOn(token: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Makes a pool at that address, of the real service or of one that stands for it. */
export async function aPool(endpoint: string): Promise<APool> {
  const credentials = { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' };
  const sdk = new CognitoIdentityProvider({ region, endpoint, credentials });
  const pool = await sdk.createUserPool({ PoolName: 'auth', UsernameAttributes: ['email'] });
  const UserPoolId = pool.UserPool?.Id ?? expect.fail('no pool');
  const { UserPoolClient } = await sdk.createUserPoolClient({ UserPoolId, ClientName: 'auth' });
  const ClientId = UserPoolClient?.ClientId ?? expect.fail('no client');
  for (const GroupName of ['readonly', 'user', 'admin']) {
    await sdk.createGroup({ UserPoolId, GroupName });
  }
  const { capabilities: can, close } = await open(endpoint, UserPoolId);
  const nobody = () => {
    people += 1;
    return `person-${people}@example.com`;
  };
  // By the name that is their own: moto keeps sessions under whatever name was typed.
  const own = new Map<string, string>();
  return {
    id: UserPoolId,
    can,
    nobody,
    async person(groups = ['user']) {
      const Username = nobody();
      const { User } = await sdk.adminCreateUser({
        UserPoolId,
        Username,
        UserAttributes: [
          { Name: 'email', Value: Username },
          { Name: 'email_verified', Value: 'true' },
        ],
      });
      own.set(Username, User?.Username ?? Username);
      await sdk.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
      for (const GroupName of groups) {
        await sdk.adminAddUserToGroup({ UserPoolId, Username, GroupName });
      }
      return Username;
    },
    signIn: (user) =>
      sdk
        .adminInitiateAuth({
          UserPoolId,
          ClientId,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: own.get(user) ?? user, PASSWORD: password },
        })
        .then(
          ({ AuthenticationResult }) => AuthenticationResult?.RefreshToken ?? null,
          () => null,
        ),
    goesOn: (REFRESH_TOKEN) =>
      sdk
        .adminInitiateAuth({
          UserPoolId,
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN },
        })
        .then(
          () => true,
          () => false,
        ),
    close: async () => {
      await close();
      sdk.destroy();
    },
  };
}

/** The section of the catalogue for a pool. */
export const section = (endpoint: string, user_pool: string) => ({
  region,
  user_pool,
  endpoint,
  access_key_id: new Secret('AKIAFAKE'),
  secret_access_key: new Secret('fake'),
});

async function open(endpoint: string, pool: string) {
  const options = driver.options.parse(section(endpoint, pool));
  const target = { service: 'rms-auth', env: 'prod' };
  const { capabilities, close } = await driver.open(options, target, { clock: realClock });
  const { accounts, sessions, probes } = capabilities;
  if (!accounts || !sessions || !probes) throw new Error('The driver does not offer everything.');
  return { capabilities: { accounts, sessions, probes }, close };
}
