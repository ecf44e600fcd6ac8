/**
 * A moment as everybody reads it in their own time zone, with the time in UTC where Slack cannot say it.
 * `at` is in milliseconds since 1970.
 */
export function moment(at: number): string {
  const within = Math.min(Math.max(Number.isFinite(at) ? at : 0, 0), latest);
  const seconds = Math.floor(within / 1_000);
  const plain = new Date(within).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${seconds}^{date_short_pretty} at {time}|${plain} UTC>`;
}

/** The year 9999: nothing later can be written in four digits. */
const latest = 253_402_300_799_000;
