import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import { type Sighting, sightAll } from '../../core/sighting.ts';
import type { Target } from '../../core/target.ts';
import type { Targets } from '../../core/targets.ts';

/** What is needed to look at a target. */
export interface Looking {
  targets: Targets;
  clock: Clock;
  /** For each check, in milliseconds. */
  deadline: number;
}

/** Runs every check of a target at once; a target that cannot be opened is one failed sighting. */
export async function lookAt(target: Target, looking: Looking): Promise<readonly Sighting[]> {
  const { targets, clock, deadline } = looking;
  const start = clock.monotonic();
  try {
    const probes = await within(deadline, () => targets.probes(target));
    return await sightAll(probes, clock, deadline);
  } catch (error) {
    const took = clock.monotonic() - start;
    const seen = { probe: 'checks', detail: messageOf(error), at: clock.now(), took };
    return [{ ...seen, health: 'unknown', answered: false }];
  }
}
