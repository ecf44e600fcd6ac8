import type { Incident } from '../core/incident.ts';
import { clockOf } from './clock-of.ts';
import { isWorking, nextWorking } from './working-time.ts';

/** What of an incident says when updates are due. */
export type Paced = Pick<Incident, 'severity' | 'security' | 'rules'>;

/** How long the grid is followed before it is begun anew: a week. */
const longest = 7 * 86_400_000;

/** Whether an update can be due at a moment: some severities rest outside of working hours. */
export const isTime = (incident: Paced, at: number): boolean =>
  !clockOf(incident).workingHours || isWorking(incident.rules.working, at);

/**
 * The first slot after `now` on the grid that goes through `slot`, in steps of `every` milliseconds; where the
 * grid has none in the working hours of a week, it begins anew when people work again.
 */
export function slotAfter(incident: Paced, slot: number, every: number, now: number): number {
  const first = slot > now ? slot : slot + (Math.floor((now - slot) / every) + 1) * every;
  for (let at = first; at - first <= longest; at += every) {
    if (isTime(incident, at)) return at;
  }
  return nextWorking(incident.rules.working, first);
}

/** How many slots of the grid have come from `slot` until `now`, both included, and were due. */
export function slotsUntil(incident: Paced, slot: number, every: number, now: number): number {
  if (slot > now) return 0;
  const all = Math.floor((now - slot) / every) + 1;
  if (!clockOf(incident).workingHours) return all;
  const seen = Math.min(all, 10_000); // years of a pace that rests at night
  return Array.from({ length: seen }, (_, k) => slot + k * every).filter((at) =>
    isTime(incident, at),
  ).length;
}

/** A person has had their word now: the next slot, and the grid of all that follow it. */
export function nextFrom(incident: Paced, now: number, every: number | null): number | null {
  if (every === null) return null;
  return slotAfter(incident, now + every, every, now);
}
