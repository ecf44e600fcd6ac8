import type { Capabilities, Capability, Probe, Reading } from '../../src/core/capabilities.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { type Target, targetName } from '../../src/core/target.ts';
import type { Targets } from '../../src/core/targets.ts';

/** Targets that offer what a test says, by name such as `rms-auth@prod`. */
export const scriptedTargets = (
  offers: Readonly<Record<string, Partial<Capabilities>>>,
): Targets => {
  const of = (target: Target) => offers[targetName(target)] ?? {};
  return {
    probes: async (target) => of(target).probes?.list() ?? [],
    offer: async <C extends Capability>(target: Target, capability: C) =>
      (of(target) as Partial<Capabilities>)[capability] ?? null,
    close: async () => {},
  };
};

/** A probe that behaves like this each time it is run. */
export const probeThat = (name: string, run: () => Promise<Reading>): Probe => ({ name, run });

/** A probe that always sees the same. */
export const probeOf = (name: string, health: Reading['health'], detail = 'so it is'): Probe =>
  probeThat(name, async () => ({ health, detail }));

/** A probe that never answers and heeds no signal. */
export const hungProbe = (name: string): Probe => probeThat(name, () => new Promise(() => {}));

/** A catalogue of services that are in production only. */
export const catalogueOf = (
  names: readonly string[],
  drivers: (name: string) => Readonly<Record<string, unknown>> = () => ({}),
): Catalogue => ({
  defaultEnv: null,
  services: names.map((name) => ({
    name,
    title: `The service ${name}`,
    runbook: '000',
    owners: [],
    aliases: [],
    environments: [{ name: 'prod', production: true, drivers: drivers(name) }],
  })),
});
