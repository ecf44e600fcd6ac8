import { everyService, type Target } from './target.ts';

/** What on-call operates, as the configuration file describes it. */
export interface Catalogue {
  services: readonly Service[];
  /** The environment meant when a reading command names none; never one of production. */
  defaultEnv: string | null;
}

/** One thing that on-call operates. */
export interface Service {
  name: string;
  title: string;
  /** The runbook its operations come from, such as `000`. */
  runbook: string;
  owners: readonly string[];
  aliases: readonly string[];
  environments: readonly Environment[];
}

/** A service in one environment. */
export interface Environment {
  name: string;
  /** Whether people depend on it; such an environment must be named in full each time. */
  production: boolean;
  /** The sections of the drivers, by name, as each driver's schema parsed them. */
  drivers: Readonly<Record<string, unknown>>;
  /** What it cannot do without, and what its sections reach besides. */
  dependencies?: readonly Dependency[];
  /** Where its sections lead, in one spelling each; compared and never shown. */
  addresses?: readonly string[];
}

/** Something that a service needs and that is restarted by itself: its Redis, the proxy in front of it. */
export interface Dependency {
  /** What its services call it, such as `redis`. */
  name: string;
  /** What is lost when it is restarted, such as sessions; nothing when empty. */
  loses: readonly string[];
  /** Why it cannot be restarted from here, as one sentence; null where it can. */
  whyNot: string | null;
  /** Where it is, in one spelling each: whoever has one of them too depends on the same. Never shown. */
  addresses: readonly string[];
  /** The sections of drivers that are about it alone, by name. */
  drivers: Readonly<Record<string, unknown>>;
  /** The section of its environment that reaches it as well; null when none does. */
  section: string | null;
}

/** Every target of the catalogue, in its order. */
export const targetsOf = ({ services }: Catalogue): Target[] =>
  services.flatMap(({ name, environments }) =>
    environments.map((environment) => ({ service: name, env: environment.name })),
  );

/** Every target in an environment: what `all@env` stands for. */
export const targetsIn = (catalogue: Catalogue, env: string): Target[] =>
  targetsOf(catalogue).filter((target) => target.env === env);

/** The name of every environment that some service has, each once. */
export const envsOf = (catalogue: Catalogue): string[] => [
  ...new Set(targetsOf(catalogue).map(({ env }) => env)),
];

/**
 * Whether people depend on a target; on `all@env` when they do on one of its services, and on what nobody
 * knows as well.
 */
export function isProduction(catalogue: Catalogue, { service, env }: Target): boolean {
  const known = targetsIn(catalogue, env).filter(
    (target) => service === everyService || target.service === service,
  );
  const productions = known.map(
    (target) =>
      catalogue.services
        .find(({ name }) => name === target.service)
        ?.environments.find(({ name }) => name === env)?.production,
  );
  return productions.length === 0 || productions.includes(true);
}
