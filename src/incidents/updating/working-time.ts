import type { WorkingHours } from '../../core/incident-rules.ts';
import { instantOf, offsetAt } from '../../core/local-time.ts';

const day = 86_400_000;
const minute = 60_000;

/** The calendar day on which a moment falls in the zone, as midnight UTC of that day, and the time since. */
function localOf({ zone }: WorkingHours, at: number): { date: number; minutes: number } {
  const shown = at + offsetAt(at, zone);
  const date = Math.floor(shown / day) * day;
  return { date, minutes: (shown - date) / minute };
}

/** 1970 began on a Thursday. */
const weekdayOf = (date: number): number => ((Math.floor(date / day) + 3) % 7) + 1;

/** The moment at which a calendar day has that time. */
function momentOn({ zone }: WorkingHours, date: number, minutes: number): number {
  const on = new Date(date);
  const [year, month, date_] = [on.getUTCFullYear(), on.getUTCMonth() + 1, on.getUTCDate()];
  return instantOf(
    { year, month, day: date_, hour: Math.floor(minutes / 60), minute: minutes % 60 },
    zone,
  );
}

/** Whether people work at a moment, in milliseconds since 1970. */
export function isWorking(hours: WorkingHours, at: number): boolean {
  const { date, minutes } = localOf(hours, at);
  return hours.days.includes(weekdayOf(date)) && hours.from <= minutes && minutes < hours.to;
}

/** The first moment at or after this one at which people work. */
export function nextWorking(hours: WorkingHours, at: number): number {
  if (isWorking(hours, at)) return at;
  const { date } = localOf(hours, at);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const opens = momentOn(hours, date + ahead * day, hours.from);
    if (opens >= at && hours.days.includes(weekdayOf(date + ahead * day))) return opens;
  }
  return at;
}

/** The end of work on the working day that comes so many working days after this moment. */
export function afterWorkingDays(hours: WorkingHours, at: number, days: number): number {
  let { date } = localOf(hours, at);
  for (let left = days; left > 0; ) {
    date += day;
    if (hours.days.includes(weekdayOf(date)) || hours.days.length === 0) left -= 1;
  }
  return momentOn(hours, date, hours.to);
}
