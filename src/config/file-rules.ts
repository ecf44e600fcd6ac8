import { risks } from '../core/risk.ts';
import { type ConfigFile, isProduction } from './file-schema.ts';

/** A mistake that only shows when parts of the file are held against each other. */
export interface RuleBreak {
  path: (string | number)[];
  says: string;
}

/** All mistakes between parts of a file whose parts are right by themselves. */
export const brokenRules = (file: ConfigFile): RuleBreak[] => [
  ...productionByDefault(file),
  ...sharedNames(file),
  ...unknownRoles(file),
  ...unknownRisks(file),
  ...unknownEnvs(file),
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

function unknownEnvs({ grants, services }: ConfigFile): RuleBreak[] {
  const known = [
    ...new Set(Object.values(services).flatMap(({ environments }) => Object.keys(environments))),
  ];
  return (grants ?? []).flatMap((grant, index) =>
    grant.env
      .filter((env: string) => env !== '*' && !known.includes(env))
      .map((env: string) => ({
        path: ['grants', index, 'env'],
        says: `no service has an environment called ${env}; expected * or one of ${known.join(', ')}`,
      })),
  );
}
