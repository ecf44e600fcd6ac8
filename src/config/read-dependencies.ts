import type { Dependency, Environment } from '../core/catalogue.ts';
import type { Driver } from '../core/driver.ts';
import { type Sections, sectionOf } from './dependencies-schema.ts';

/** The sections of an environment, where they lead, and what it depends on: said so, or only reached. */
export function readEnvironmentOf(
  target: string,
  environment: Sections,
  drivers: readonly Driver[],
): Pick<Environment, 'drivers' | 'addresses' | 'dependencies'> {
  const { dependencies: declared, ...sections } = environment;
  const addressesOf = addressing(drivers);
  const said = Object.entries(declared).map(([name, one]): Dependency => {
    const { loses, why_not: whyNot = null, section: _, ...own } = one;
    const section = sectionOf(name, one, environment);
    const reached = section === null ? {} : { [section]: sections[section] };
    const addresses = [...addressesOf(own), ...addressesOf(reached)];
    return { name, loses, whyNot, addresses, drivers: own, section };
  });
  const taken = new Set(said.flatMap(({ name, section }) => [name, section]));
  const reached = drivers
    .filter(({ name, isDependency }) => isDependency && sections[name] && !taken.has(name))
    .map(({ name }): Dependency => {
      const whyNot = `the configuration file does not say how; it would stand under dependencies.${name} of ${target}`;
      const addresses = addressesOf({ [name]: sections[name] });
      return { name, loses: [], whyNot, addresses, drivers: {}, section: name };
    });
  return {
    drivers: sections,
    addresses: addressesOf(sections),
    dependencies: [...said, ...reached],
  };
}

/** Where all of some sections lead. */
const addressing =
  (drivers: readonly Driver[]) =>
  (sections: Readonly<Record<string, unknown>>): string[] =>
    drivers.flatMap(({ name, addresses }) =>
      addresses && sections[name] !== undefined ? addresses(sections[name]) : [],
    );
