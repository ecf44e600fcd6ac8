/** A day and a time of day as clocks show it; days beyond the end of a month are of the next. */
export interface LocalTime {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const day = 86_400_000;

/**
 * The moment, in milliseconds since 1970, at which clocks of a zone show that time: the first one when
 * they show it twice; as much later as clocks were put forward when they never show it.
 */
export function instantOf(time: LocalTime, zone: string): number {
  const shown = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute);
  const before = offsetAt(shown - day, zone);
  const after = offsetAt(shown + day, zone);
  const right = [before, after].filter((offset) => offsetAt(shown - offset, zone) === offset);
  return shown - (right.length === 0 ? before : Math.max(...right));
}

/** What the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const parts = formatFor(zone).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const [year, month, date] = [part('year'), part('month'), part('day')];
  const shown = Date.UTC(year, month - 1, date, part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1_000) * 1_000;
}

/** A moment as clocks of a zone show it, such as `Monday 30 March 2026 at 08:00 (Europe/Berlin)`. */
export function localText(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = format.formatToParts(at);
  const [weekday, date, month, year, hour, minute] = [
    'weekday',
    'day',
    'month',
    'year',
    'hour',
    'minute',
  ].map((type) => parts.find((one) => one.type === type)?.value);
  return `${weekday} ${date} ${month} ${year} at ${hour}:${minute} (${zone})`;
}

/** Whether there is such a zone. */
export function isZone(zone: string): boolean {
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
