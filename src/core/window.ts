import { instantOf, offsetAt } from './local-time.ts';

/** The same hours of some days of the week, on the clocks of a zone. */
export interface Hours {
  /** 1 is Monday, 7 is Sunday. */
  days: readonly number[];
  /** In minutes after midnight. `to` is no part of it, and is of the next day where it is not after `from`. */
  from: number;
  to: number;
  /** An IANA time zone, such as `Europe/Berlin`. */
  zone: string;
  /** As the configuration file says it: `Mon-Thu 08:00-16:00 Europe/Berlin`. */
  written: string;
}

/** When something may be asked for and begin. */
export interface Window {
  hours: readonly Hours[];
  /** Whether it may at any time in an open incident about its target. */
  inIncident?: true;
}

/** When a window opens, in milliseconds since 1970, and by whose clocks. */
export interface Opening {
  at: number;
  zone: string;
}

const aDay = 86_400_000;
/** A time that clocks skip on one Sunday is there on the next. */
const daysAhead = 15;

/**
 * Whether a window is open at a moment, in milliseconds since 1970. It opens and closes once for each of its
 * days, also where clocks are changed in between: at the first of two moments that clocks show in the same way,
 * and later by as much as they were put forward when they never show it.
 */
export const isOpenAt = ({ hours }: Window, at: number): boolean =>
  hours.some((one) => spansOf(one, at, 0).some(({ from, to }) => from <= at && at < to));

/** When a window that is closed at that moment opens next; null when it does not within two weeks. */
export function nextOpening({ hours }: Window, at: number): Opening | null {
  const ahead = hours.flatMap((one) =>
    spansOf(one, at, daysAhead)
      .filter(({ from, to }) => from > at && from < to)
      .map(({ from }) => ({ at: from, zone: one.zone })),
  );
  return ahead.toSorted((one, other) => one.at - other.at)[0] ?? null;
}

/** From the day before, which may not be over, to so many days ahead. */
function spansOf(
  { days, from, to, zone }: Hours,
  at: number,
  ahead: number,
): { from: number; to: number }[] {
  const shown = new Date(at + offsetAt(at, zone));
  const [year, month, today] = [shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate()];
  const over = to <= from ? 1 : 0;
  return Array.from({ length: ahead + 2 }, (_, past) => today + past - 1)
    .filter((day) => days.includes(weekdayOf(Date.UTC(year, month, day))))
    .map((day) => {
      const time = (on: number, minute: number) =>
        instantOf({ year, month: month + 1, day: on, hour: 0, minute }, zone);
      return { from: time(day, from), to: time(day + over, to) };
    });
}

/** 1 is Monday: the first day of 1970 was a Thursday. */
const weekdayOf = (midnight: number): number => ((Math.floor(midnight / aDay) + 3) % 7) + 1;
