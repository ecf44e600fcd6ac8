import { z } from 'zod';

const address = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'expected the address of an account, such as jane@example.com')
  .transform((text) => text.toLowerCase());

const slackId = z
  .string()
  .regex(/^user:[UW][A-Z0-9]{2,20}$/, 'expected user:U…, with the Slack id')
  .transform((text) => text.slice('user:'.length));

/** The section `accounts`: what Gatehouse cannot know of the accounts that people sign in with. */
export const accountsSchema = z.strictObject({
  people: z
    .record(address, slackId)
    .default({})
    .describe(
      'Whose account an address is, as `user:U…`, where Slack knows the person by another one: who is offboarded loses the roles here too.',
    ),
  second: z
    .record(slackId, slackId)
    .default({})
    .refine(
      (second) => Object.values(second).every((id) => !Object.hasOwn(second, id)),
      'expected the account that counts, which is no second one itself',
    )
    .describe(
      'Second Slack accounts of people, each with the one that counts, as `user:U…: user:U…`: only that one is answered, so that nobody approves what they have asked for themselves.',
    ),
  domains: z
    .array(
      z
        .string()
        .regex(/^(?:[a-z0-9-]+\.)+[a-z]{2,63}$/i, 'expected a domain such as example.com')
        .transform((text) => text.toLowerCase()),
    )
    .min(1)
    .optional()
    .describe('The domains whose addresses may get an account; left out: any.'),
  kept: z
    .record(address, z.string().min(3).max(80))
    .default({})
    .describe(
      'Accounts that nobody may offboard, with what they are, such as `a break-glass account`.',
    ),
});

/** What Gatehouse was told of accounts. Addresses in lower case. */
export type AccountRules = z.infer<typeof accountsSchema>;
