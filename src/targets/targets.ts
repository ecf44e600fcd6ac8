import type { Capabilities, Capability, Probe } from '../core/capabilities.ts';
import type { Catalogue, Environment } from '../core/catalogue.ts';
import type { Driver, DriverTools, Offer } from '../core/driver.ts';
import { messageOf, TargetError } from '../core/errors.ts';
import { type Target, targetName } from '../core/target.ts';
import type { Targets } from '../core/targets.ts';
import { once } from './once.ts';

/** What {@link createTargets} needs. */
export interface TargetsDeps extends DriverTools {
  catalogue: Catalogue;
  drivers: readonly Driver[];
}

/** The section of one driver under one target, opened at its first use. */
interface Section {
  driver: string;
  open(): Promise<Offer>;
  close(): Promise<void>;
}

/** Reaches every target of the catalogue through the drivers it names. */
export function createTargets({ catalogue, drivers, clock }: TargetsDeps): Targets {
  const byName = new Map(drivers.map((driver) => [driver.name, driver]));

  const section = (target: Target, name: string, options: unknown): Section => {
    const offer = once(() => open(byName.get(name), name, options, target, { clock }));
    return { driver: name, open: offer.get, close: () => offer.end((opened) => opened.close()) };
  };
  const sections = new Map(
    catalogue.services.flatMap(({ name: service, environments }) =>
      environments.map((environment) => {
        const target = { service, env: environment.name };
        return [targetName(target), sectionsOf(environment, section.bind(null, target))] as const;
      }),
    ),
  );
  const dependencies = openDependencies(catalogue, section);
  const ofDependency = (target: Target, name: string): readonly Section[] | null => {
    const found = dependencies.get(nameOf(target, name));
    if (!found) return null;
    const { own, reachedBy } = found;
    return [...own, ...of(target).filter(({ driver }) => driver === reachedBy)];
  };
  const of = (target: Target): readonly Section[] => {
    const known = sections.get(targetName(target));
    if (known) return known;
    throw new TargetError(`there is no ${targetName(target)}`, { retryable: false });
  };

  return {
    probes: async (target) => (await Promise.all(of(target).map(probesOf))).flat(),
    offer: async (target, capability) =>
      capability === 'probes' ? allProbes(of(target)) : firstOffer(of(target), capability),
    offerOf: async (target, name, capability) => {
      const found = ofDependency(target, name);
      if (!found) return null;
      return capability === 'probes' ? allProbes(found) : firstOffer(found, capability);
    },
    close: async () => {
      const own = [...dependencies.values()].flatMap(({ own }) => own);
      const all = [...[...sections.values()].flat(), ...own];
      await Promise.all(all.map(({ close }) => close()));
    },
  };
}

/** The sections that are about one dependency alone, and the one of its environment that reaches it as well. */
interface DependencySections {
  own: readonly Section[];
  reachedBy: string | null;
}

/** The dependencies of all targets, by {@link nameOf}. */
const openDependencies = (
  { services }: Catalogue,
  section: (target: Target, driver: string, options: unknown) => Section,
): ReadonlyMap<string, DependencySections> =>
  new Map(
    services.flatMap(({ name: service, environments }) =>
      environments.flatMap(({ name: env, dependencies = [] }) =>
        dependencies.map((dependency) => {
          const target = { service, env };
          const own = sectionsOf(dependency, section.bind(null, target));
          return [nameOf(target, dependency.name), { own, reachedBy: dependency.section }] as const;
        }),
      ),
    ),
  );

const nameOf = (target: Target, dependency: string): string =>
  `${dependency} ${targetName(target)}`;

const sectionsOf = (
  { drivers }: Pick<Environment, 'drivers'>,
  section: (driver: string, options: unknown) => Section,
): Section[] => Object.entries(drivers).map(([name, options]) => section(name, options));

async function open(
  driver: Driver | undefined,
  name: string,
  options: unknown,
  target: Target,
  tools: DriverTools,
): Promise<Offer> {
  if (!driver) throw new TargetError(`there is no driver called ${name}`, { retryable: false });
  try {
    return await driver.open(options, target, tools);
  } catch (cause) {
    if (cause instanceof TargetError) throw cause;
    const message = `${name} of ${targetName(target)} could not be opened: ${messageOf(cause)}`;
    throw new TargetError(message, { retryable: true, cause });
  }
}

/** A section that does not open is seen as a probe that fails, so that the others are still shown. */
async function probesOf({ driver, open }: Section): Promise<readonly Probe[]> {
  try {
    return (await open()).capabilities.probes?.list() ?? [];
  } catch (error) {
    return [{ name: driver, run: () => Promise.reject(error) }];
  }
}

/** Probes are the one capability of which every driver’s part counts. */
async function allProbes<C extends Capability>(
  sections: readonly Section[],
): Promise<Capabilities[C] | null> {
  const probes = (await Promise.all(sections.map(probesOf))).flat();
  const together: Capabilities['probes'] = { list: () => probes };
  return probes.length > 0 ? (together as Capabilities[C]) : null;
}

/** A section that does not open is passed over, and is a fault only when no other has the capability. */
async function firstOffer<C extends Capability>(
  sections: readonly Section[],
  capability: C,
): Promise<Capabilities[C] | null> {
  let fault: unknown = null;
  for (const { open } of sections) {
    const offer = await open().catch((error: unknown) => {
      fault ??= error;
      return null;
    });
    const offered = offer?.capabilities[capability] as Capabilities[C] | undefined;
    if (offered) return offered;
  }
  if (fault !== null) throw fault;
  return null;
}
