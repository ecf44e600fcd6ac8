import type { Config } from '../config/config.ts';
import { type Catalogue, isProduction, targetsIn } from '../core/catalogue.ts';
import { dependedOn } from '../core/dependencies.ts';
import type { Target } from '../core/target.ts';
import { type AskingRightsOptions, askingRights } from './asking-rights.ts';

/** What of the configuration runs depend on. */
export interface RunConfigOptions extends AskingRightsOptions {
  config: Pick<Config, 'policy' | 'catalogue' | 'limits'>;
}

/** What runs ask of the configuration. */
export const fromConfig = (options: RunConfigOptions) => ({
  ...placesIn(options.config.catalogue),
  asking: askingRights(options),
  limits: () => options.config.limits,
});

const placesIn = (catalogue: Catalogue) => ({
  isProduction: (target: Target) => isProduction(catalogue, target),
  dependedOn: (target: Target, name: string) => dependedOn(catalogue, target, name),
  targetsIn: (env: string) => targetsIn(catalogue, env),
  stagesBefore: (target: Target) => stagesBefore(catalogue, target),
});

/** For production every environment of the service that is none, for the others none. */
function stagesBefore(catalogue: Catalogue, { service, env }: Target): Target[] {
  const all = catalogue.services.find(({ name }) => name === service)?.environments ?? [];
  if (!all.find(({ name }) => name === env)?.production) return [];
  return all.flatMap(({ name, production }) => (production ? [] : [{ service, env: name }]));
}
