/** How one reader writes dates. Formatters are made once: making one per text is what costs. */
export interface Calendar {
  now(): Date;
  /** The same, read by what has to be shown anew as time goes by. */
  moving(): Date;
  parts: Readonly<Record<string, Intl.DateTimeFormat>>;
  day: Intl.DateTimeFormat;
}

const styles: Record<string, Intl.DateTimeFormatOptions> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

/** The calendar of a place; without arguments, of the person at this screen. */
export function calendarOf(
  locale?: string,
  timeZone?: string,
  now: () => Date = () => new Date(),
  moving: () => Date = now,
): Calendar {
  const zone = timeZone === undefined ? {} : { timeZone };
  const made = Object.entries(styles).map(([name, style]) => [
    name,
    new Intl.DateTimeFormat(locale, { ...style, ...zone }),
  ]);
  return {
    now,
    moving,
    parts: Object.fromEntries(made),
    day: new Intl.DateTimeFormat('en-CA', { ...styles.date_num, ...zone }),
  };
}

const dayMs = 86_400_000;

/**
 * Slack's `<!date^SECONDS^FORMAT>` as text: `{date_short_pretty} at {time}` and its relatives. Words
 * in braces that Slack does not know stay as they are.
 */
export function dateText(seconds: number, format: string, calendar: Calendar): string {
  const at = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, word: string) => {
    if (word === 'date_num') return calendar.day.format(at);
    if (word === 'ago') return ago(at, calendar);
    const near = word.endsWith('_pretty') ? nearDay(at, calendar) : null;
    return near ?? calendar.parts[word.replace(/_pretty$/, '')]?.format(at) ?? whole;
  });
}

/** `yesterday`, `today`, `tomorrow`, or null on any other day. */
function nearDay(at: Date, { day, now }: Calendar): string | null {
  const from = now().getTime();
  const near = [-1, 0, 1].findIndex((days) => day.format(at) === day.format(from + days * dayMs));
  return ['yesterday', 'today', 'tomorrow'][near] ?? null;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

function ago(at: Date, { moving }: Calendar): string {
  const seconds = Math.round((at.getTime() - moving().getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(seconds, 'second');
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}
