import { z } from 'zod';
import { addressOf } from '../address.ts';

/** What such names hold is no cache: without it people are signed out, or locked accounts are open. */
const precious = /^(?:csrf|limit|lock|mfa|nonce|oauth|otp|rate|refresh|session|state|token)/i;

const prefix = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9:._-]{0,98}[:._-]$/,
    'expected the beginning of names up to a separator, such as cache:',
  )
  .refine(
    (text) => !precious.test(text),
    'expected what can be made again: sessions, lockouts, limits and tokens cannot',
  );

/** The section `redis` of an environment. */
export const redisOptions = z.strictObject({
  url: addressOf(['redis:', 'rediss:']).describe(
    'The address, such as `redis://127.0.0.1:6379/0`; `env:NAME` or `file:PATH` when it holds a password.',
  ),
  prefixes: z
    .array(prefix)
    .min(1)
    .max(50)
    .optional()
    .describe(
      'What the names of entries begin with that may be removed at any time, because they are made again, such as `cache:`. Without it nothing is.',
    ),
});

/** The section `redis`, as the schema parsed it. */
export type RedisOptions = z.infer<typeof redisOptions>;
