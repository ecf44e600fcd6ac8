import type { Incident } from '../../core/incident.ts';
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

/** Slots that have come: how many, and when the first of them were due, in milliseconds since 1970. */
export interface Slots {
  count: number;
  first: readonly number[];
}

/** Of so many slots it is known when they were; of more than the second figure, years of them, not even how many. */
const most = { listed: 100, counted: 10_000 };

/**
 * The slots that were due from `slot` until `now`, both included. The first was promised, whenever it is: also
 * where it lies outside of working hours; those after it are the ones that the grid would have gone on to.
 */
export function slotsUntil(incident: Paced, slot: number, every: number, now: number): Slots {
  if (slot > now) return { count: 0, first: [] };
  if (!clockOf(incident).workingHours) {
    const count = Math.floor((now - slot) / every) + 1;
    const listed = Math.min(count, most.listed);
    return { count, first: Array.from({ length: listed }, (_, k) => slot + k * every) };
  }
  const all: number[] = [];
  for (let at = slot; at <= now && all.length < most.counted; ) {
    all.push(at);
    at = slotAfter(incident, at, every, at);
  }
  return { count: all.length, first: all.slice(0, most.listed) };
}

/** A person has had their word now: the next slot, and the grid of all that follow it. */
export function nextFrom(incident: Paced, now: number, every: number | null): number | null {
  if (every === null) return null;
  return slotAfter(incident, now + every, every, now);
}
