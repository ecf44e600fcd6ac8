import type {
  CognitoIdentityProvider,
  CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { TargetError } from '../../core/errors.ts';
import { orAborted } from '../aborted.ts';
import type { CognitoOptions } from './options.ts';
import { troubleOf } from './trouble.ts';

/** A user pool, and how to ask for something in it. */
export interface Pool {
  id: string;
  roles: readonly string[];
  /** What may be done twice: tried three times. `action` is what the rights call it. */
  ask<T>(action: string, signal: AbortSignal, call: Call<T>): Promise<T>;
  /** What may not: tried once. */
  askOnce<T>(action: string, signal: AbortSignal, call: Call<T>): Promise<T>;
  close(): void;
}

/** One call of the SDK, which heeds the signal. */
export type Call<T> = (
  cognito: CognitoIdentityProvider,
  options: { abortSignal: AbortSignal },
) => Promise<T>;

/** How long one call may take with all its attempts, in milliseconds. */
const patience = 10_000;

/** Makes no connection yet. The SDK is handed in because it is loaded late. */
export function createPool(
  Cognito: typeof CognitoIdentityProvider,
  { user_pool: id, roles, ...options }: CognitoOptions,
): Pool {
  const config = configFrom(options);
  const patient = new Cognito({ ...config, maxAttempts: 3 });
  const single = new Cognito({ ...config, maxAttempts: 1 });
  const closed = new AbortController();
  const via =
    (cognito: CognitoIdentityProvider): Pool['ask'] =>
    async (action, signal, call) => {
      if (signal.aborted) throw calledOff();
      const abortSignal = AbortSignal.any([signal, closed.signal, AbortSignal.timeout(patience)]);
      try {
        return await orAborted(call(cognito, { abortSignal }), abortSignal);
      } catch (error) {
        throw troubleOf(error, action, abortSignal);
      }
    };
  return {
    id,
    roles,
    ask: via(patient),
    askOnce: via(single),
    close: () => {
      closed.abort();
      patient.destroy();
      single.destroy();
    },
  };
}

function configFrom({
  region,
  endpoint,
  access_key_id: key,
  secret_access_key: secret,
}: Omit<CognitoOptions, 'user_pool' | 'roles'>): CognitoIdentityProviderClientConfig {
  return {
    region,
    ...(endpoint && { endpoint }),
    ...(key &&
      secret && {
        credentials: { accessKeyId: key.reveal(), secretAccessKey: secret.reveal() },
      }),
    requestHandler: { connectionTimeout: 3_000 },
  };
}

const calledOff = () =>
  new TargetError('it was called off before anything was done', {
    retryable: true,
    happened: false,
  });
