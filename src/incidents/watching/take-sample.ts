import { worst } from '../../core/health.ts';
import type { Sample } from '../../core/incidents.ts';
import type { Sighting } from '../../core/sighting.ts';

/** How long a minute is, in milliseconds: there is one sample for each. */
export const minute = 60_000;

/** The beginning of the minute of a moment, both in milliseconds since 1970. */
export const minuteOf = (at: number): number => Math.floor(at / minute) * minute;

/** What the checks said in one minute; what could not be looked at is unknown, never good. */
export function sampleOf(at: number, sightings: readonly Sighting[]): Sample {
  const bad = sightings.filter(({ health }) => health !== 'up').length;
  return {
    at,
    health: worst(sightings.map(({ health }) => health)),
    checks: sightings.map(({ probe, health, took }) => ({ name: probe, health, took })),
    errorRate: sightings.length === 0 ? null : bad / sightings.length,
  };
}
