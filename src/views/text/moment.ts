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

/** How long ago a moment is for whoever reads it, which goes on by itself. */
export function ago(at: number): string {
  const seconds = Math.floor(Math.min(Math.max(at, 0), latest) / 1_000);
  const plain = new Date(seconds * 1_000).toISOString().slice(11, 19);
  return `<!date^${seconds}^{ago}|at ${plain} UTC>`;
}

/** The year 9999: nothing later can be written in four digits. */
const latest = 253_402_300_799_000;
