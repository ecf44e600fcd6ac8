import type { DatabaseSync } from 'node:sqlite';
import type { Flavour, Preset } from './flavour.ts';
import type { StateFile } from './store/state.ts';

/** How many requests one address may make. */
export interface RateLimit {
  /** Counts a request; false when it is one too many for this minute. */
  allows(address: string): boolean;
  current(): { preset: Preset; perMinute: number; until: number | null };
  /** `until` in milliseconds since 1970: then it is `normal` again. Null is for good. */
  set(preset: Preset, until: number | null): void;
}

/** A limit for each minute and address, whichever copies it asks. */
export function createRateLimit(
  file: StateFile,
  database: DatabaseSync,
  perMinute: Flavour['perMinute'],
): RateLimit {
  const count = countRequests(database);
  const preset = (): Preset => {
    const { preset, until } = file.state.limit;
    return until !== null && until <= Date.now() ? 'normal' : preset;
  };
  return {
    allows: (address) => count(address) <= perMinute[preset()],
    current: () => ({
      preset: preset(),
      perMinute: perMinute[preset()],
      until: preset() === 'normal' ? null : file.state.limit.until,
    }),
    set: (preset, until) =>
      file.change((state) => {
        state.limit = { preset, until };
      }),
  };
}

/** Counts a request of an address, and says how many it has made this minute. */
function countRequests(database: DatabaseSync): (address: string) => number {
  const forget = database.prepare('DELETE FROM requests WHERE minute < ?');
  const count = database.prepare(
    `INSERT INTO requests VALUES (?, ?, 1) ON CONFLICT (address) DO UPDATE
       SET count = CASE minute WHEN excluded.minute THEN count + 1 ELSE 1 END, minute = excluded.minute
       RETURNING count`,
  );
  let lastMinute = 0;
  return (address) => {
    const minute = Math.floor(Date.now() / 60_000);
    if (minute !== lastMinute) forget.run(minute);
    lastMinute = minute;
    return (count.get(address, minute) as { count: number }).count;
  };
}
