import type { Ended, Run } from '../../core/run.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import type { RunPatch } from '../../core/transition.ts';

/** Where what a run did ends: on its target, or for all services on each of them that it began with. */
export function endingPlaces({ target, ending }: Pick<Run, 'target' | 'ending'>): Target[] {
  if (ending === null) return [];
  if (!ending.on) return [target];
  return Object.keys(ending.on).map((service) => ({ service, env: target.env }));
}

/** What became of the end in one of these places; null until it has been seen to. */
export function endedAt({ ending }: Pick<Run, 'ending'>, { service }: Target): Ended | null {
  return ending?.ended ?? ending?.on?.[service] ?? null;
}

/** Where it is still to end. */
export const openPlaces = (run: Pick<Run, 'target' | 'ending'>): Target[] =>
  endingPlaces(run).filter((place) => endedAt(run, place) === null);

/** Whether what a run did ends in this place. */
export const endsAt = (run: Pick<Run, 'target' | 'ending'>, place: Target): boolean =>
  endingPlaces(run).some((one) => targetName(one) === targetName(place));

/** The names under which runs are kept that may have done something in this place. */
export const targetsOver = (place: Target): Target[] =>
  place.service === everyService ? [place] : [place, { ...place, service: everyService }];

/** What is written down when it has ended in one place. With the last one all of it has ended. */
export function endedPatch({ ending }: Run, { service }: Target, ended: Ended): RunPatch {
  if (!ending?.on) return { ended };
  const endsOn = { ...ending.on, [service]: ended };
  const all = Object.values(endsOn);
  const whole = all.every((one) => one !== null) ? { ended: worst(all) } : {};
  return { endsOn, ...whole };
}

const order: readonly Ended['how'][] = ['given-up', 'done', 'replaced'];

/** All of it has ended as where it ended worst. */
const worst = (all: readonly Ended[]): Ended =>
  all.reduce((one, other) => (order.indexOf(other.how) < order.indexOf(one.how) ? other : one));
