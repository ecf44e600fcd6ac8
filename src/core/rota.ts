import { instantOf, type LocalTime } from './local-time.ts';

/** Who is on call when: dated shifts, and a weekly rotation for all the time between them. */
export interface Rota {
  /** They go before the rotation. */
  shifts: readonly Shift[];
  weekly: Weekly | null;
}

/** People who are on call from one moment until another, in milliseconds since 1970; `to` is not part of it. */
export interface Shift {
  /** `user:U…` or `group:S…`. */
  who: readonly string[];
  from: number;
  to: number;
}

/** One after the other, a week each, for ever. */
export interface Weekly {
  /** `user:U…` or `group:S…`, in turn. */
  people: readonly string[];
  /** An IANA time zone, such as `Europe/Berlin`. */
  zone: string;
  /** When the first of them begins, on the clocks of that zone; every hand-over is at that hour. */
  first: LocalTime;
}

/** Who is on call at a moment, in milliseconds since 1970: nobody before the rotation's first turn. */
export function onCallAt({ shifts, weekly }: Rota, at: number): readonly string[] {
  const dated = shifts.filter(({ from, to }) => from <= at && at < to);
  if (dated.length > 0) return [...new Set(dated.flatMap(({ who }) => who))];
  const turn = weekly ? turnAt(weekly, at) : -1;
  const person = turn < 0 ? undefined : weekly?.people[turn % weekly.people.length];
  return person === undefined ? [] : [person];
}

const week = 604_800_000;

/** When a turn begins. A week is seven days of the calendar: an hour more or less when clocks change. */
export const turnBegins = ({ first, zone }: Weekly, turn: number): number =>
  instantOf({ ...first, day: first.day + 7 * turn }, zone);

/** Which turn it is, from 0; below 0 before the first. */
function turnAt(weekly: Weekly, at: number): number {
  const about = Math.floor((at - turnBegins(weekly, 0)) / week);
  if (turnBegins(weekly, about) > at) return about - 1;
  return turnBegins(weekly, about + 1) <= at ? about + 1 : about;
}
