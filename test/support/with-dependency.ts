import type { Catalogue, Dependency } from '../../src/core/catalogue.ts';
import { targetName } from '../../src/core/target.ts';

/** A dependency of a test: at an address of its own, losing nothing, and not known not to be restarted. */
export const someDependency = (
  name: string,
  change: Partial<Omit<Dependency, 'name'>> = {},
): Dependency => ({
  name,
  loses: [],
  whyNot: null,
  addresses: [`${name}:1`],
  drivers: {},
  section: null,
  ...change,
});

/** The same catalogue, in which the target has that dependency too. */
export const withDependency = (
  catalogue: Catalogue,
  target: string,
  dependency: Dependency,
): Catalogue => ({
  ...catalogue,
  services: catalogue.services.map((service) => ({
    ...service,
    environments: service.environments.map((environment) =>
      targetName({ service: service.name, env: environment.name }) === target
        ? { ...environment, dependencies: [...(environment.dependencies ?? []), dependency] }
        : environment,
    ),
  })),
});
