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
