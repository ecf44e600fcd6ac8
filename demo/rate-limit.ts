import type { Flavour, Preset } from './flavour.ts';
import type { StateFile } from './state.ts';

/** How many requests one address may make. */
export interface RateLimit {
  /** Counts a request; false when it is one too many for this minute. */
  allows(address: string): boolean;
  current(): { preset: Preset; perMinute: number; until: number | null };
  /** `until` in milliseconds since 1970: then it is `normal` again. Null is for good. */
  set(preset: Preset, until: number | null): void;
}

/** A limit for each minute and address. */
export function createRateLimit(file: StateFile, perMinute: Flavour['perMinute']): RateLimit {
  let minute = 0;
  const counts = new Map<string, number>();
  const preset = (): Preset => {
    const { preset, until } = file.state.limit;
    return until !== null && until <= Date.now() ? 'normal' : preset;
  };
  return {
    allows: (address) => {
      const now = Math.floor(performance.now() / 60_000);
      if (now !== minute) counts.clear();
      minute = now;
      const count = (counts.get(address) ?? 0) + 1;
      counts.set(address, count);
      return count <= perMinute[preset()];
    },
    current: () => ({
      preset: preset(),
      perMinute: perMinute[preset()],
      until: preset() === 'normal' ? null : file.state.limit.until,
    }),
    set: (preset, until) => {
      file.state.limit = { preset, until };
      file.save();
    },
  };
}
