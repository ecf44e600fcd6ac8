import type { Probe } from './capabilities.ts';
import type { Clock } from './clock.ts';
import { within } from './deadline.ts';
import { messageOf } from './errors.ts';
import type { Health } from './health.ts';

/** What came of running one probe once. */
export interface Sighting {
  probe: string;
  health: Health;
  detail: string;
  /** When it ended, in milliseconds since 1970. */
  at: number;
  /** How long it took, in milliseconds. */
  took: number;
  /** Whether there was a reading; without one `health` is `unknown` and `detail` says why. */
  answered: boolean;
}

/** How long each probe gets when nobody says otherwise, in milliseconds. */
export const probeDeadline = 2_500;

/** Runs a probe once and never throws: a hung one is cut off and unknown. */
export async function sight(probe: Probe, clock: Clock, deadline: number): Promise<Sighting> {
  const start = clock.monotonic();
  const seen = await within(deadline, (signal) => probe.run(signal)).then(
    (reading) => ({ ...reading, answered: true }),
    (thrown) => ({ health: 'unknown' as const, detail: messageOf(thrown), answered: false }),
  );
  return { probe: probe.name, ...seen, at: clock.now(), took: clock.monotonic() - start };
}

/** Runs all probes at the same time, each with its own deadline in milliseconds. */
export const sightAll = (
  probes: readonly Probe[],
  clock: Clock,
  deadline: number,
): Promise<Sighting[]> => Promise.all(probes.map((probe) => sight(probe, clock, deadline)));
