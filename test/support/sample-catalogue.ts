import type { Catalogue } from '../../src/core/catalogue.ts';

/** A service of a test: its name, its environments, and what else it is called. */
export type SampleService = readonly [
  name: string,
  envs: readonly string[],
  aliases?: readonly string[],
];

/** Services that no driver reaches. The environment called prod is of production. */
export const sampleCatalogue = (
  services: readonly SampleService[],
  defaultEnv: string | null = 'staging',
): Catalogue => ({
  defaultEnv,
  services: services.map(([name, envs, aliases = []]) => ({
    name,
    title: name,
    runbook: '000',
    owners: [],
    aliases,
    environments: envs.map((env) => ({ name: env, production: env === 'prod', drivers: {} })),
  })),
});
