import { z } from 'zod';
import { err, ok, type Result } from '../core/result.ts';
import { Secret } from '../core/secret.ts';
import { wanted } from '../core/wanted.ts';
import type { Problem } from './problem.ts';

const secret = z
  .string()
  .min(1, 'expected a value, got an empty one')
  .transform((value) => new Secret(value));

const port = z.coerce.number().int().min(0).max(65_535);

const keysWanted =
  'expected 32 bytes in base64, such as `openssl rand -base64 32` makes, or several of them with commas between them';

const areKeys = (text: string): boolean =>
  text.split(',').every((key) => /^[A-Za-z0-9+/]{43}=$/.test(key.trim()));

/** Every environment variable that Gatehouse reads. The descriptions become docs/configuration.md. */
export const environmentSchema = z.object({
  GATEHOUSE_CONFIG: z
    .string()
    .default('gatehouse.yml')
    .describe('The YAML file of people, roles, services and channels.'),
  GATEHOUSE_DATA: z
    .string()
    .default('.gatehouse')
    .describe('The folder of the embedded database, used when DATABASE_URL is not set.'),
  GATEHOUSE_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('The address that the HTTP server listens on.'),
  GATEHOUSE_PORT: port
    .default(3000)
    .describe(
      'The port of /healthz, /readyz, /metrics and, in HTTP mode, of Slack’s requests; 0 takes a free one.',
    ),
  GATEHOUSE_URL: z
    .url({
      protocol: /^https?$/,
      error: 'expected an address such as https://gatehouse.example.org',
    })
    .optional()
    .describe(
      'The address under which people reach the HTTP server, for the links to the pages of incidents. Not set: the address that it listens on.',
    ),
  GATEHOUSE_LOG: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('The least severe log line that is written.'),
  GATEHOUSE_SLACK_MODE: z
    .enum(['socket', 'http'])
    .default('socket')
    .describe('How Slack reaches Gatehouse: over Socket Mode, or by signed HTTP requests.'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/./, 'expected an address such as postgres://user@host:5432/name')
    .transform((value) => new Secret(value))
    .optional()
    .describe(
      'A PostgreSQL 15 or newer. Not set: the embedded database, which survives a crash of the process but not of the machine.',
    ),
  DATABASE_MIGRATION_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/./, 'expected an address such as postgres://owner@host:5432/name')
    .transform((value) => new Secret(value))
    .optional()
    .describe(
      'The same PostgreSQL as the owner of the tables, who makes and changes them. With it, the role in DATABASE_URL gets only the rights that Gatehouse needs: it can add to the audit, and change nothing in it.',
    ),
  GATEHOUSE_ENCRYPTION_KEY: z
    .string()
    .refine(areKeys, keysWanted)
    .transform((text) => text.split(',').map((key) => new Secret(key.trim())))
    .optional()
    .describe(
      'What the secrets of one-time passwords are encrypted with: 32 bytes in base64, as `openssl rand -base64 32` makes them. A new key goes first, with a comma after it; the older ones still read. Not set: whatever has to be approved with a one-time password is refused, as what is destructive in production is by default.',
    ),
  SLACK_BOT_TOKEN: secret.optional().describe('The bot token, `xoxb-…`.'),
  SLACK_APP_TOKEN: secret
    .optional()
    .describe('The app-level token, `xapp-…`, with `connections:write`; for Socket Mode.'),
  SLACK_SIGNING_SECRET: secret.optional().describe('The signing secret; for HTTP mode.'),
  SLACK_API_URL: z
    .url()
    .default('https://slack.com/api/')
    .describe('The address of the Web API; another one than Slack’s for the local workspace.'),
});

/** The environment variables, read and checked. */
export type EnvironmentVariables = z.infer<typeof environmentSchema>;

/** How Slack is reached: present only when its tokens are. */
export interface SlackAccess {
  mode: 'socket' | 'http';
  apiUrl: string;
  botToken: Secret;
  /** Set in Socket Mode. */
  appToken: Secret | null;
  /** Set in HTTP mode. */
  signingSecret: Secret | null;
}

const problem = (path: string, says: string): Problem => ({
  source: 'environment',
  at: null,
  path,
  says,
});

/** Reads the variables; an empty one counts as not set. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Result<EnvironmentVariables, Problem[]> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.map((issue) => problem(issue.path.join('.'), wanted(issue))));
}

/** Slack’s tokens: all that the mode needs, or none; some of them are a mistake that names the missing. */
export function slackAccess(env: EnvironmentVariables): Result<SlackAccess | null, Problem[]> {
  const mode = env.GATEHOUSE_SLACK_MODE;
  const second = mode === 'socket' ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
  const tokens = [env.SLACK_BOT_TOKEN, env.SLACK_APP_TOKEN, env.SLACK_SIGNING_SECRET];
  if (tokens.every((token) => token === undefined)) return ok(null);
  const needed = ['SLACK_BOT_TOKEN', second] as const;
  const missing = needed.filter((name) => env[name] === undefined);
  if (missing.length > 0) {
    const says = `not set, but another Slack token is; ${mode} mode needs ${needed.join(' and ')}. Set it, or unset all of them to use the local workspace`;
    return err(missing.map((name) => problem(name, says)));
  }
  return ok({
    mode,
    apiUrl: env.SLACK_API_URL,
    botToken: env.SLACK_BOT_TOKEN as Secret,
    appToken: env.SLACK_APP_TOKEN ?? null,
    signingSecret: env.SLACK_SIGNING_SECRET ?? null,
  });
}
