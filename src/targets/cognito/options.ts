import { z } from 'zod';
import { Secret } from '../../core/secret.ts';

const secret = (what: string) =>
  z
    .instanceof(Secret, { error: `expected env:NAME or file:PATH: the ${what} is a secret` })
    .optional();

/** The section `cognito` of an environment. */
export const cognitoOptions = z
  .strictObject({
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected a region such as eu-central-1')
      .describe('The AWS region of the user pool.'),
    user_pool: z
      .string()
      .regex(
        /^[\w-]+_[0-9A-Za-z]+$/,
        'expected the id of a user pool, such as eu-central-1_AbCd12345',
      )
      .describe('The id of the user pool.'),
    roles: z
      .array(z.string().regex(/^[\p{L}\p{N}_.-]{1,128}$/u, 'expected the name of a group'))
      .min(1)
      .max(20)
      .default(['readonly', 'user', 'admin'])
      .describe('The groups of the pool that are roles, the most powerful last.'),
    access_key_id: secret('access key').describe(
      'As `env:NAME` or `file:PATH`; without it the AWS SDK looks where it always does: environment, web identity, role of the instance.',
    ),
    secret_access_key: secret('access key').describe('Belongs to `access_key_id`.'),
    endpoint: z
      .url({ protocol: /^https?$/, error: 'expected an address of http or https' })
      .optional()
      .describe('Another address of Cognito: of a VPC endpoint, or of a test system.'),
  })
  .refine(
    (options) =>
      (options.access_key_id === undefined) === (options.secret_access_key === undefined),
    'access_key_id and secret_access_key belong together',
  );

/** The section `cognito`, as the schema parsed it. */
export type CognitoOptions = z.infer<typeof cognitoOptions>;
