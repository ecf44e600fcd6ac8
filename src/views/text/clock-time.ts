/**
 * The time of day on everybody's own clock, with UTC where Slack cannot say it: a promise is a clock time.
 * `at` is in milliseconds since 1970.
 */
export function clockTime(at: number): string {
  const within = Math.min(Math.max(Number.isFinite(at) ? at : 0, 0), latest);
  return `<!date^${Math.floor(within / 1_000)}^{time}|${utcTime(within)}>`;
}

/** The time of day in UTC, for texts that Slack does not draw: `14:22 UTC`. */
export const utcTime = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;

/** The year 9999. */
const latest = 253_402_300_799_000;
