import type { z } from 'zod';
import type { Capabilities } from './capabilities.ts';
import type { Clock } from './clock.ts';
import type { Target } from './target.ts';

/** What a driver offers for one target. */
export interface Offer {
  capabilities: Partial<Capabilities>;
  /** Lets go of connections. Processes and data stay. */
  close(): Promise<void>;
}

/** What a driver is given besides its options. */
export interface DriverTools {
  clock: Clock;
}

/**
 * Code that speaks to one kind of system. A driver is one file of `targets/`; it imports what it does,
 * and its SDK, inside `open`, so that a driver the catalogue does not name costs next to nothing.
 */
export interface Driver<Options = unknown> {
  /** The key of its section under an environment in the catalogue. */
  name: string;
  /** One sentence for the configuration page. */
  summary: string;
  /** Checks its section; every field has a description. */
  options: z.ZodType<Options>;
  /**
   * Where a section leads, in one spelling, so that two that are about the same thing say the same. Without
   * credentials, and shown to nobody.
   */
  addresses?(options: Options): readonly string[];
  /** Whether a section is about what the service needs and not about the service itself. */
  isDependency?: true;
  /** Must not wait for the target: a target that hangs is found out by its probes. */
  open(options: Options, target: Target, tools: DriverTools): Promise<Offer>;
}

/** Returns its argument: it exists so that TypeScript infers the options. */
export const defineDriver = <Options>(driver: Driver<Options>): Driver<Options> => driver;
