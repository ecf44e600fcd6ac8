import { z } from 'zod';
import { durationBetween } from '../../core/duration.ts';

const address = z
  .url({
    protocol: /^https?$/,
    error: 'expected an address that starts with http:// or https://',
    abort: true,
  })
  .refine((url) => {
    const { username, password } = new URL(url);
    return username === '' && password === '';
  }, 'an address must not hold a user name or a password')
  .describe('The address that is asked with GET. Redirects are not followed.');

const expectation = z
  .strictObject({
    status: z.int().min(100).max(599).default(200).describe('The HTTP status of a healthy answer.'),
    body: z
      .record(z.string(), z.json())
      .optional()
      .describe('What the JSON of a healthy answer contains; it may contain more.'),
    within: durationBetween('1ms', '1m')
      .optional()
      .describe('An answer slower than this, such as `2s`, is degraded.'),
  })
  .prefault({})
  .describe('What a healthy answer looks like.');

const check = z.strictObject({
  name: z.string().min(1).max(40).describe('What people call the check, such as `ready`.'),
  url: address,
  expect: expectation,
});

/** One check, as the catalogue describes it. */
export type Check = z.infer<typeof check>;

/** The section `http` of an environment. */
export const httpOptions = z.strictObject({
  checks: z
    .array(check)
    .min(1)
    .max(32)
    .refine(
      (checks) => new Set(checks.map(({ name }) => name)).size === checks.length,
      'two checks have the same name',
    )
    .describe('The checks of the target. They run at the same time.'),
});
