/** On call one reads times, not halves of days. */
const hourCycle = 'h23';

const minute = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle,
});
const second = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle,
});
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });
const whole = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'full',
  timeStyle: 'medium',
  hourCycle,
});

/** The instant of a Slack timestamp, which is seconds with a running number behind the point. */
export const instantOf = (ts: string): Date => new Date(Number(ts.split('.')[0]) * 1000);

/** `14:05`, in the reader's own time. */
export const clockText = (ts: string): string => minute.format(instantOf(ts));

/** `14:05:09`, for a time in milliseconds. */
export const secondText = (at: number): string => second.format(at);

/** `Saturday, 21 November`. */
export const dayText = (ts: string): string => day.format(instantOf(ts));

/** Date and time in full, for who points at a time. */
export const instantText = (ts: string): string => whole.format(instantOf(ts));
