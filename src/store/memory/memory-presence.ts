import type { Clock } from '../../core/clock.ts';
import type { Absence, IncidentSamples, Presence, Sample } from '../../core/incidents.ts';
import { asStored } from '../database/stored-json.ts';
import { absentAfter, mostAbsences } from '../incident/presence-rules.ts';

/** When somebody was last there, for as long as the process lives. */
export function memoryPresence(clock: Pick<Clock, 'now'>): Presence {
  const absences: Absence[] = [];
  let last: number | null = null;
  return {
    beat: async () => {
      const [from, until] = [last, clock.now()];
      last = Math.max(last ?? until, until);
      if (from === null || until - from < absentAfter) return null;
      const absence = asStored({ from, until });
      absences.push(absence);
      return absence;
    },
    absences: async (since) =>
      absences.filter(({ until }) => until >= since).slice(0, mostAbsences),
  };
}

/** What the checks of incidents said, in memory; null is a minute that somebody has begun to look at. */
export function memoryIncidentSamples(): IncidentSamples {
  const all = new Map<string, Map<number, Sample | null>>();
  const of = (incident: string) => {
    const known = all.get(incident) ?? new Map<number, Sample | null>();
    all.set(incident, known);
    return known;
  };
  return {
    claim: async (incident, at) => {
      const minutes = of(incident);
      if (minutes.has(at)) return false;
      minutes.set(at, null);
      return true;
    },
    fill: async (incident, sample) => {
      const minutes = of(incident);
      if (!minutes.get(sample.at)) minutes.set(sample.at, asStored(sample));
    },
    since: async (incident, since) =>
      [...of(incident).values()]
        .flatMap((sample) => (sample && sample.at >= since ? sample : []))
        .toSorted((a, b) => a.at - b.at)
        .slice(0, 3_000),
  };
}
