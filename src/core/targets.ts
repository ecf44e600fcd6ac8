import type { Capabilities, Capability, Probe } from './capabilities.ts';
import type { Target } from './target.ts';

/** Reaches what the catalogue describes. Opened lazily: a target costs nothing until it is asked. */
export interface Targets {
  /** Every probe of the target, of all its drivers. */
  probes(target: Target): Promise<readonly Probe[]>;
  /** The capability of the first driver that offers it, the probes of all of them; null when none does. */
  offer<C extends Capability>(target: Target, capability: C): Promise<Capabilities[C] | null>;
  /**
   * The same of one of its dependencies, by its name: what the target itself offers is never taken for it. Null
   * for a dependency that the catalogue does not know; without it no dependency can be asked anything.
   */
  offerOf?<C extends Capability>(
    target: Target,
    dependency: string,
    capability: C,
  ): Promise<Capabilities[C] | null>;
  close(): Promise<void>;
}
