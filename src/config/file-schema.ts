import { z } from 'zod';
import type { Driver } from '../core/driver.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a name of lower-case letters, digits and dashes');

const slackId = (letters: string, what: string) =>
  z.string().regex(new RegExp(`^[${letters}][A-Z0-9]{2,20}$`), `expected the Slack id of ${what}`);

const member = z
  .string()
  .regex(
    /^(user:[UW][A-Z0-9]{2,20}|group:S[A-Z0-9]{2,20})$/,
    'expected user:U… or group:S…, with the Slack id',
  )
  .describe('`user:U…` or `group:S…`.');

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)]).pipe(z.array(z.any()));

const role = z.strictObject({
  members: z
    .array(member)
    .describe('Who holds the role: `user:U…` for a person, `group:S…` for a Slack user group.'),
});

const grant = z.strictObject({
  role: oneOrMore(z.string()).describe(
    'The role or roles it is for; `*` is every member of the workspace.',
  ),
  allow: z
    .array(z.string())
    .default([])
    .describe('Commands by name, `risk:read` and the like, or `*`.'),
  deny: z
    .array(z.string())
    .default([])
    .describe('The same for what is forbidden; a denial wins over everything.'),
  env: oneOrMore(z.string())
    .default(['*'])
    .describe('The environments it is about; `*` is all of them.'),
});

const defaults = z.strictObject({
  env: name
    .nullable()
    .default(null)
    .describe('The environment meant when a reading command names none. Never one of production.'),
});

const slack = z.strictObject({
  team: slackId('TE', 'the workspace, T…').describe(
    'The id of the workspace. Everybody of another one is refused.',
  ),
});

const channels = z.strictObject({
  approvals: slackId('CG', 'a channel, C…')
    .optional()
    .describe('Where requests for approval appear.'),
  incidents: slackId('CG', 'a channel, C…').optional().describe('Where incidents are announced.'),
});

/** One environment of a service: a section for each driver that operates it. */
const environment = (drivers: readonly Driver[]) =>
  z.strictObject({
    production: z
      .boolean()
      .optional()
      .describe('Whether people depend on it. Without it, the names prod, production and live do.'),
    ...Object.fromEntries(
      drivers.map((driver) => [driver.name, driver.options.optional().describe(driver.summary)]),
    ),
  });

const service = (drivers: readonly Driver[]) =>
  z.strictObject({
    title: z.string().min(1).max(80).describe('The name people read.'),
    runbook: z.string().min(1).max(80).describe('The runbook its operations come from.'),
    owners: z.array(member).default([]).describe('Who answers for it.'),
    aliases: z.array(name).default([]).describe('Other names people type.'),
    environments: z
      .record(name, environment(drivers))
      .refine((all) => Object.keys(all).length > 0, 'expected at least one environment')
      .describe('Its environments by name.'),
  });

/** The whole configuration file. The descriptions become docs/configuration.md. */
export const fileSchema = (drivers: readonly Driver[]) =>
  z.strictObject({
    version: z.literal(1).describe('The version of this format.'),
    slack: slack.describe('The Slack workspace that Gatehouse belongs to.'),
    defaults: defaults
      .default({ env: null })
      .describe('What is meant when a command leaves something out.'),
    channels: channels.default({}).describe('The channels that Gatehouse writes to by itself.'),
    roles: z.record(name, role).default({}).describe('Roles by name, and who holds them.'),
    grants: z
      .array(grant)
      .optional()
      .describe('Who may use what. Left out: every member may read.'),
    services: z.record(name, service(drivers)).describe('The services on-call operates, by name.'),
  });

/** The configuration file as the schema parsed it. */
export type ConfigFile = z.infer<ReturnType<typeof fileSchema>>;

/** Whether an environment is one that people depend on: said so, or named so. */
export const isProduction = (envName: string, said: boolean | undefined): boolean =>
  said ?? /^(prod|production|live)$/.test(envName);
