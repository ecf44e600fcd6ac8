import type { Catalogue } from '../core/catalogue.ts';

/** The catalogue with only the environments for which `may` says yes; services left without any go. */
export function narrow(catalogue: Catalogue, may: (env: string) => boolean): Catalogue {
  const services = catalogue.services
    .map((service) => ({
      ...service,
      environments: service.environments.filter(({ name }) => may(name)),
    }))
    .filter(({ environments }) => environments.length > 0);
  return { ...catalogue, services };
}
