import type { Catalogue, Dependency, Environment } from './catalogue.ts';
import { targetsOf } from './catalogue.ts';
import { type Target, targetName } from './target.ts';

/** A dependency of a target, and whatever else is about the same thing. */
export interface Depended {
  dependency: Dependency;
  /** Everything that depends on it, the target included, in the order of the catalogue. */
  dependents: readonly Dependent[];
}

/** A target that depends on it, and under which name it has it; null when it only stands at the same address. */
export interface Dependent {
  target: Target;
  as: Dependency | null;
}

/** The dependency of that name, and every target with the same one; null when the target has none of that name. */
export function dependedOn(catalogue: Catalogue, target: Target, name: string): Depended | null {
  const dependency = dependenciesOf(catalogue, target).find((one) => one.name === name);
  if (!dependency) return null;
  const isSame = ({ addresses = [] }: { addresses?: readonly string[] }) =>
    addresses.some((address) => dependency.addresses.includes(address));
  const dependents = targetsOf(catalogue).flatMap((other): Dependent[] => {
    if (targetName(other) === targetName(target)) return [{ target: other, as: dependency }];
    const environment = environmentOf(catalogue, other);
    const as = environment?.dependencies?.find(isSame) ?? null;
    return as || (environment && isSame(environment)) ? [{ target: other, as }] : [];
  });
  return { dependency, dependents };
}

/** What a target depends on, as far as the catalogue says. */
export const dependenciesOf = (catalogue: Catalogue, target: Target): readonly Dependency[] =>
  environmentOf(catalogue, target)?.dependencies ?? [];

const environmentOf = (catalogue: Catalogue, { service, env }: Target): Environment | undefined =>
  catalogue.services
    .find(({ name }) => name === service)
    ?.environments.find(({ name }) => name === env);
