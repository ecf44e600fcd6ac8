import { risks } from '../core/risk.ts';
import { everyService } from '../core/target.ts';
import { rolesOfSecondAccounts } from './accounts-rules.ts';
import { brokenApprovals } from './approvals-rules.ts';
import { type ConfigFile, isProduction } from './file-schema.ts';
import { brokenIncidents } from './incidents-rules.ts';
import { environmentsOf } from './known-names.ts';
import { unknownLimits } from './limits-rules.ts';
import { brokenNotify } from './notify-rules.ts';
import type { RuleBreak } from './rule-break.ts';
import { unknownAmong } from './unknown-among.ts';

/** What can be typed: this folder does not know it. */
export interface KnownCommands {
  /** Every command by its name. */
  all: readonly string[];
  /** Those that are asked for and approved. */
  actions: readonly string[];
}

/** All mistakes between parts of a file whose parts are right by themselves. */
export const brokenRules = (file: ConfigFile, commands: KnownCommands | null): RuleBreak[] => [
  ...productionByDefault(file),
  ...sharedNames(file),
  ...reservedNames(file),
  ...unknownRoles(file),
  ...rolesOfSecondAccounts(file),
  ...unknownRisks(file),
  ...unknownEnvs(file),
  ...unknownServices(file),
  ...unknownCommands(file, commands?.all ?? null),
  ...brokenApprovals(file, commands?.actions ?? null),
  ...unknownLimits(file, commands?.actions ?? null),
  ...brokenIncidents(file),
  ...brokenNotify(file),
];

function productionByDefault({ defaults, services }: ConfigFile): RuleBreak[] {
  const env = defaults.env;
  if (env === null) return [];
  const path = ['defaults', 'env'];
  const all = Object.values(services).map(({ environments }) => environments[env]);
  if (all.some((one) => one && isProduction(env, one.production)) || isProduction(env, undefined)) {
    return [
      {
        path,
        says: `${env} is an environment of production, and those must be named in full each time; expected another one, or nothing`,
      },
    ];
  }
  if (all.every((one) => one === undefined)) {
    return [{ path, says: `no service has an environment called ${env}` }];
  }
  return [];
}

/** `all@prod` is every service of an environment. */
function reservedNames({ services }: ConfigFile): RuleBreak[] {
  const says = `${everyService} means every service, as in ${everyService}@prod; expected another name`;
  return Object.entries(services).flatMap(([service, { aliases }]) => [
    ...(service === everyService ? [{ path: ['services', service], says }] : []),
    ...aliases.flatMap((alias, index) =>
      alias === everyService ? [{ path: ['services', service, 'aliases', index], says }] : [],
    ),
  ]);
}

function sharedNames({ services }: ConfigFile): RuleBreak[] {
  const owner = new Map(Object.keys(services).map((name) => [name, name]));
  const breaks: RuleBreak[] = [];
  for (const [service, { aliases }] of Object.entries(services)) {
    for (const [index, alias] of aliases.entries()) {
      const other = owner.get(alias);
      if (other) {
        const path = ['services', service, 'aliases', index];
        breaks.push({ path, says: `${alias} already means ${other}; expected a name of its own` });
      } else owner.set(alias, service);
    }
  }
  return breaks;
}

function unknownRoles({ roles, grants }: ConfigFile): RuleBreak[] {
  return (grants ?? []).flatMap((grant, index) =>
    grant.role
      .filter((role) => role !== '*' && !Object.hasOwn(roles, role))
      .map((role) => ({
        path: ['grants', index, 'role'],
        says: `there is no role called ${role}; expected one of ${Object.keys(roles).join(', ') || 'those under roles, which has none'}`,
      })),
  );
}

/** A misspelled denial would forbid nothing, and nobody would notice. */
function unknownRisks({ grants }: ConfigFile): RuleBreak[] {
  const known = risks.map((risk) => `risk:${risk}`);
  return (grants ?? []).flatMap((grant, index) =>
    (['allow', 'deny'] as const).flatMap((effect) =>
      grant[effect].flatMap((pattern, at) =>
        !pattern.startsWith('risk:') || known.includes(pattern)
          ? []
          : [
              {
                path: ['grants', index, effect, at],
                says: `there is no ${pattern}; expected one of ${known.join(', ')}`,
              },
            ],
      ),
    ),
  );
}

function unknownEnvs(file: ConfigFile): RuleBreak[] {
  const known = environmentsOf(file);
  return (file.grants ?? []).flatMap((grant, index) =>
    grant.env
      .filter((env: string) => env !== '*' && !known.includes(env))
      .map((env: string) => ({
        path: ['grants', index, 'env'],
        says: `no service has an environment called ${env}; expected * or one of ${known.join(', ')}`,
      })),
  );
}

function unknownServices({ grants, services }: ConfigFile): RuleBreak[] {
  const named = (grants ?? []).flatMap(({ service }, index) =>
    service
      .filter((one) => one !== '*')
      .map((one) => ({ path: ['grants', index, 'service'], name: one })),
  );
  return unknownAmong('service', Object.keys(services), named);
}

/** A rule is about names alone: what else can be typed for a command counts for nothing in it. */
function unknownCommands({ grants }: ConfigFile, known: readonly string[] | null): RuleBreak[] {
  const named = (grants ?? []).flatMap((grant, index) =>
    (['allow', 'deny'] as const).flatMap((effect) =>
      grant[effect].flatMap((pattern, at) =>
        pattern === '*' || pattern.startsWith('risk:')
          ? []
          : [{ path: ['grants', index, effect, at], name: pattern }],
      ),
    ),
  );
  return known === null ? [] : unknownAmong('command', known, named);
}
