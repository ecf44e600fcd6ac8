import type { Catalogue } from '../core/catalogue.ts';
import type { Target } from '../core/target.ts';

/** The catalogue with only the targets for which `may` says yes; services left without any go. */
export function narrow(catalogue: Catalogue, may: (target: Target) => boolean): Catalogue {
  const services = catalogue.services
    .map((service) => ({
      ...service,
      environments: service.environments.filter(({ name }) =>
        may({ service: service.name, env: name }),
      ),
    }))
    .filter(({ environments }) => environments.length > 0);
  return { ...catalogue, services };
}
