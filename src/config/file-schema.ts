import { z } from 'zod';
import type { Driver } from '../core/driver.ts';
import { accountsSchema } from './accounts-schema.ts';
import { approvalsSchema } from './approvals-schema.ts';
import { breakGlassSchema } from './break-glass-schema.ts';
import { brokenDependencies, dependenciesSchema, type Sections } from './dependencies-schema.ts';
import { channelId, holder, member, name, oneOrMore, slackId, texts } from './file-words.ts';
import { incidentsSchema } from './incidents-schema.ts';
import { limitsSchema } from './limits-schema.ts';
import { notifySchema } from './notify-schema.ts';
import { oncallSchema } from './oncall-schema.ts';
import { paceSchema } from './pace-schema.ts';

const role = z.strictObject({
  members: z
    .array(holder)
    .describe(
      'Who holds the role: `user:U…` for a person, `group:S…` for a Slack user group, `oncall:NAME` for whoever is on call then.',
    ),
});

const grantKeys = z.strictObject({
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
  service: texts
    .default(['*'])
    .describe(
      'The services it is about; `*` is all of them. What is about no service needs a rule about all.',
    ),
  channels: oneOrMore(channelId)
    .pipe(z.array(z.string()))
    .optional()
    .describe(
      'The channels in which alone it counts, `C…`. Being in a channel never allows anything by itself.',
    ),
});

const grant = grantKeys.refine(
  ({ channels, deny }) => channels === undefined || deny.length === 0,
  'expected no channels beside a denial: what is forbidden is forbidden everywhere',
);

const killSwitch = z.strictObject({
  lifted_by: texts.describe(
    'The roles of which two people together let changes go on after `stop-all`. Left out: manager and security.',
  ),
});

const liftedBy = 'Who lets changes go on after all of them were stopped.';

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
  pace: paceSchema,
});

const channels = z.strictObject({
  approvals: channelId.optional().describe('Where requests for approval appear.'),
  incidents: channelId
    .optional()
    .describe(
      'Where incidents are announced, and where it is said that their timers are late; without it that is said where requests for approval appear.',
    ),
});

const audit = z.strictObject({
  anchors: z
    .strictObject({
      channel: slackId('CG', 'a channel, C…')
        .optional()
        .describe('The channel that anchors are copied to: one that few people can post in.'),
      file: z
        .string()
        .min(1)
        .optional()
        .describe(
          'The file that anchors are copied to, best on another disk. Left out: beside the folder of the embedded database, with `-anchors.log` after its name.',
        ),
    })
    .default({})
    .describe(
      'Where the head of the audit is copied to, after every 100 records or 15 minutes: whoever can change the database cannot change what was copied out of it.',
    ),
});

/** One environment of a service: a section for each driver that operates it, and what it depends on. */
const environment = (drivers: readonly Driver[]) =>
  z
    .strictObject({
      production: z
        .boolean()
        .optional()
        .describe(
          'Whether people depend on it. Without it, the names prod, production and live do.',
        ),
      dependencies: dependenciesSchema(drivers),
      ...Object.fromEntries(
        drivers.map((driver) => [driver.name, driver.options.optional().describe(driver.summary)]),
      ),
    })
    .superRefine((all, context) => {
      for (const { path, says } of brokenDependencies(all as Sections, drivers)) {
        context.addIssue({ code: 'custom', path, message: says });
      }
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
    approvals: approvalsSchema
      .prefault({})
      .describe(
        'What has to be approved by whom. Left out: the defaults of gatehouse.example.yml.',
      ),
    break_glass: breakGlassSchema
      .optional()
      .describe(
        'When somebody on call may do without the approvals of others, by `--break-glass`. Left out: never.',
      ),
    oncall: z
      .record(name, oncallSchema)
      .default({})
      .describe('On-call lists by name; a role has one as a member by `oncall:NAME`.'),
    kill_switch: killSwitch.optional().describe(liftedBy),
    limits: limitsSchema
      .prefault({})
      .describe('How much may be asked for and done within a while; `none` takes a limit away.'),
    accounts: accountsSchema
      .prefault({})
      .describe('Whose accounts are whose, and which of them nobody may take away.'),
    incidents: incidentsSchema,
    notify: notifySchema,
    audit: audit
      .default({ anchors: {} })
      .describe('What is done so that nobody can change what was recorded.'),
    services: z.record(name, service(drivers)).describe('The services on-call operates, by name.'),
  });

/** The configuration file as the schema parsed it. */
export type ConfigFile = z.infer<ReturnType<typeof fileSchema>>;

/** Whether an environment is one that people depend on: said so, or named so. */
export const isProduction = (envName: string, said: boolean | undefined): boolean =>
  said ?? /^(prod|production|live)$/.test(envName);
