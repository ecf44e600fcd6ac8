import { z } from 'zod';
import { Secret } from '../core/secret.ts';

const secret = z.custom<Secret>(
  (value) => value instanceof Secret,
  'expected env:NAME or file:PATH: it is a secret',
);

const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'expected an e-mail address');

const here = ['127.0.0.1', '::1', 'localhost'];

const smtp = z
  .strictObject({
    host: z.string().min(1).max(253).describe('The mail server.'),
    port: z.number().int().min(1).max(65_535).default(587).describe('Its port.'),
    tls: z
      .enum(['required', 'implicit', 'none'])
      .default('required')
      .describe(
        '`required` begins in plain words and goes no further without TLS, `implicit` begins with TLS, `none` only on this machine.',
      ),
    user: z.string().min(1).max(254).optional().describe('Who logs in; left out, nobody does.'),
    password: secret.optional().describe('The password: a secret, `env:NAME` or `file:PATH`.'),
    from: address.describe('Whom the mail is from.'),
  })
  .refine(
    ({ user, password }) => (user === undefined) === (password === undefined),
    'expected user and password together, or neither',
  )
  .refine(
    ({ tls, host }) => tls !== 'none' || here.includes(host),
    'expected TLS: only a server on this machine may do without',
  );

const webhook = z.strictObject({
  key: secret.describe(
    'What each call is signed with, so that whoever gets it can check where it comes from: a secret, `env:NAME` or `file:PATH`.',
  ),
});

/** The section `notify`: how people are called while Slack cannot be reached. */
export const notifySchema = z
  .strictObject({
    smtp: smtp.optional().describe('The server that mail leaves through.'),
    webhook: webhook.optional().describe('How webhooks are called.'),
  })
  .prefault({})
  .describe(
    'How the contacts of incidents are called by mail and webhook while Slack cannot be reached.',
  );

/** The section as the schema parsed it. */
export type NotifySection = z.infer<typeof notifySchema>;

/** How people are called while Slack cannot be reached; null is not at all. */
export interface NotifySettings {
  smtp: {
    host: string;
    port: number;
    tls: 'required' | 'implicit' | 'none';
    login: { user: string; password: Secret } | null;
    from: string;
  } | null;
  webhookKey: Secret | null;
}

/** The settings that a section means which was found to be right. */
export function readNotify({ smtp: given, webhook: hook }: NotifySection): NotifySettings {
  const webhookKey = hook?.key ?? null;
  if (!given) return { smtp: null, webhookKey };
  const { host, port, tls, user, password, from } = given;
  const login = user !== undefined && password !== undefined ? { user, password } : null;
  return { smtp: { host, port, tls, login, from }, webhookKey };
}
