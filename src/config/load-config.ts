import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import type { Driver } from '../core/driver.ts';
import { messageOf } from '../core/errors.ts';
import type { Policy } from '../core/policy.ts';
import { err, ok, type Result } from '../core/result.ts';
import { Secret } from '../core/secret.ts';
import { wanted } from '../core/wanted.ts';
import type { Config } from './config.ts';
import { type EnvironmentVariables, readEnvironment, slackAccess } from './environment.ts';
import { brokenRules, type KnownCommands } from './file-rules.ts';
import { type ConfigFile, fileSchema, isProduction } from './file-schema.ts';
import { readLimits } from './limits-schema.ts';
import { readNotify } from './notify-schema.ts';
import { readPace } from './pace-schema.ts';
import type { Problem } from './problem.ts';
import { readApprovals } from './read-approvals.ts';
import { readEnvironmentOf } from './read-dependencies.ts';
import { readIncidents } from './read-incidents.ts';
import { readYaml } from './yaml-file.ts';

/** Where the configuration comes from. */
export interface ConfigSources {
  env: Readonly<Record<string, string | undefined>>;
  drivers: readonly Driver[];
  /** The file to read; without it the one that GATEHOUSE_CONFIG names. */
  path?: string;
  /** What can be typed; without it, names of commands are taken as they are. */
  commands?: KnownCommands;
}

/** Reads environment and file; answers with the whole configuration, or with every mistake in both. */
export function loadConfig({
  env,
  drivers,
  path,
  commands,
}: ConfigSources): Result<Config, Problem[]> {
  const variables = readEnvironment(env);
  const slack = variables.ok ? slackAccess(variables.value) : variables;
  const fallback = env.GATEHOUSE_CONFIG || 'gatehouse.yml';
  const file = readConfigFile(path ?? fallback, env, drivers, commands);
  const problems = [slack, file].flatMap((part) => (part.ok ? [] : part.error));
  if (!variables.ok || !slack.ok || !file.ok) return err(problems);
  return ok(assemble(variables.value, slack.value, file.value, drivers));
}

/** Reads and checks the file alone. */
export function readConfigFile(
  path: string,
  env: ConfigSources['env'],
  drivers: readonly Driver[],
  commands?: KnownCommands,
): Result<ConfigFile, Problem[]> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const says = `cannot be read (${messageOf(error)}). Copy gatehouse.example.yml to ${path}, or name another file in GATEHOUSE_CONFIG`;
    return err([{ source: path, at: null, path: '', says }]);
  }
  const { file, problems } = readYaml(text, path, { env, folder: dirname(resolve(path)) });
  if (problems.length > 0 && file.value === null) return err(problems); // there is nothing to check
  const parsed = fileSchema(drivers).safeParse(file.value);
  const found = parsed.success
    ? brokenRules(parsed.data, commands ?? null)
    : parsed.error.issues.flatMap(spread);
  if (parsed.success && found.length + problems.length === 0) return ok(parsed.data);
  const places = new Set(problems.map(({ path: place }) => place));
  const others = found
    .map(({ path: at, says }) => ({
      source: path,
      at: file.locate(at),
      path: at.map(String).join('.'),
      says,
    }))
    .filter((one) => !places.has(one.path)); // a reference that leads nowhere is no value either
  return err([...problems, ...others].sort(fromTheTop));
}

const fromTheTop = ({ at: a }: Problem, { at: b }: Problem): number =>
  (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);

/** One mistake for each unknown key, and the deepest mistake of a choice between several shapes. */
function spread(issue: z.core.$ZodIssue): { path: PropertyKey[]; says: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], says: 'unknown key' }));
  }
  if (issue.code === 'invalid_key') {
    return [{ path: issue.path, says: issue.issues[0]?.message ?? issue.message }];
  }
  const isUnquoted =
    issue.code === 'invalid_type' && /string, received (?:num|bool)/.test(issue.message);
  return [{ path: issue.path, says: `${wanted(issue)}${isUnquoted ? ': put it in quotes' : ''}` }];
}

function assemble(
  env: EnvironmentVariables,
  slack: Config['slack'],
  file: ConfigFile,
  drivers: readonly Driver[],
): Config {
  const policy = policyOf(file);
  const { DATABASE_URL: url, DATABASE_MIGRATION_URL: owner } = env;
  const encryptionKeys = env.GATEHOUSE_ENCRYPTION_KEY ?? [];
  const tokens = [slack?.botToken, slack?.appToken, slack?.signingSecret];
  const given = [...tokens, url, owner, ...encryptionKeys];
  return {
    slack,
    team: file.slack.team,
    channels: {
      approvals: file.channels.approvals ?? null,
      incidents: file.channels.incidents ?? null,
    },
    catalogue: {
      defaultEnv: file.defaults.env,
      services: Object.entries(file.services).map((one) => toService(one, drivers)),
    },
    policy,
    approvals: readApprovals(file.approvals, policy, file.break_glass),
    limits: readLimits(file.limits),
    pace: readPace(file.slack.pace),
    accounts: file.accounts,
    incidentSettings: readIncidents(file),
    notify: readNotify(file.notify),
    databaseUrl: env.DATABASE_URL ?? null,
    dataFolder: env.GATEHOUSE_DATA,
    migrationUrl: env.DATABASE_MIGRATION_URL ?? null,
    anchors: {
      channel: file.audit.anchors.channel ?? null,
      file: file.audit.anchors.file ?? `${resolve(env.GATEHOUSE_DATA)}-anchors.log`,
    },
    encryptionKeys,
    web: {
      host: env.GATEHOUSE_HOST,
      port: env.GATEHOUSE_PORT,
      url: env.GATEHOUSE_URL?.replace(/\/+$/, '') ?? null,
    },
    logLevel: env.GATEHOUSE_LOG,
    secrets: [
      ...given.filter((value) => value instanceof Secret),
      ...secretsIn(file.services),
      ...secretsIn(file.incidents),
      ...secretsIn(file.notify),
    ],
  };
}

const policyOf = ({ roles, grants, oncall, kill_switch }: ConfigFile): Policy => ({
  roles,
  grants: (grants ?? readForAll).map(({ channels, ...rule }) => ({
    ...rule,
    ...(channels && { channels }),
  })),
  oncall,
  ...(kill_switch && { lifting: kill_switch.lifted_by }),
});

const readForAll = [
  { role: ['*'], allow: ['risk:read'], deny: [], env: ['*'], service: ['*'], channels: undefined },
];

const toService = (
  [name, service]: [string, ConfigFile['services'][string]],
  drivers: readonly Driver[],
) => ({
  name,
  title: service.title,
  runbook: service.runbook,
  owners: service.owners,
  aliases: service.aliases,
  environments: Object.entries(service.environments).map(([env, { production, ...rest }]) => ({
    name: env,
    production: isProduction(env, production),
    ...readEnvironmentOf(`${name}@${env}`, rest, drivers),
  })),
});

function secretsIn(value: unknown): Secret[] {
  if (value instanceof Secret) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsIn);
}
