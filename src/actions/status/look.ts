import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import { worst } from '../../core/health.ts';
import { type Sighting, sight, sightAll } from '../../core/sighting.ts';
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

/** What can be told of a target that has no checks: whether its copies run. Empty when it has none either. */
export async function lookAtCopies(target: Target, looking: Looking): Promise<readonly Sighting[]> {
  const { targets, clock, deadline } = looking;
  const offer = await targets.offer(target, 'instances').catch(() => null);
  if (!offer) return [];
  const run = async (signal: AbortSignal) => {
    const healths = (await offer.instances(signal)).map(({ health }) => health);
    const up = healths.filter((health) => health === 'up').length;
    return { health: worst(healths), detail: `${up} of ${healths.length} up` };
  };
  return [await sight({ name: 'running copies', run }, clock, deadline)];
}
