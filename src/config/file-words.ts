import { z } from 'zod';

/** A name that the file gives to something. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a name of lower-case letters, digits and dashes');

/** The Slack id of something whose ids begin with one of the letters. */
export const slackId = (letters: string, what: string) =>
  z.string().regex(new RegExp(`^[${letters}][A-Z0-9]{2,20}$`), `expected the Slack id of ${what}`);

/** The Slack id of a channel, in one way everywhere. */
export const channelId = slackId('CG', 'a channel, C…');

const ids = 'user:[UW][A-Z0-9]{2,20}|group:S[A-Z0-9]{2,20}';

/** A person or a Slack user group. */
export const member = z
  .string()
  .regex(new RegExp(`^(?:${ids})$`), 'expected user:U… or group:S…, with the Slack id')
  .describe('`user:U…` or `group:S…`.');

/** A person, a Slack user group, or whoever is on call. */
export const holder = z
  .string()
  .regex(
    new RegExp(`^(?:${ids}|oncall:[a-z][a-z0-9-]{0,39})$`),
    'expected user:U… or group:S… with the Slack id, or oncall: and the name of an on-call list',
  )
  .describe('`user:U…`, `group:S…` or `oncall:NAME`.');

/** A person, a Slack user group, whoever is on call, or whoever holds a role. */
export const reachable = z
  .string()
  .regex(
    new RegExp(`^(?:${ids}|(?:oncall|role):[a-z][a-z0-9-]{0,39})$`),
    'expected user:U… or group:S… with the Slack id, oncall: and the name of an on-call list, or role: and the name of a role',
  );

/** One of something, or a list of it; a list in either case. */
export const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)]).pipe(z.array(z.any()));

/** The same of texts. */
export const texts = oneOrMore(z.string()).pipe(z.array(z.string()));
