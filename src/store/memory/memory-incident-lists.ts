import type { Clock } from '../../core/clock.ts';
import { type Incident, wakeAt } from '../../core/incident.ts';
import type { IncidentQuery, Incidents, SeenIncident } from '../../core/incidents.ts';

/** An incident as it is kept in memory. */
export interface MemoryIncident {
  incident: Incident;
  origin: string | null;
  /** Until when it is whoever's who has taken it. */
  takenUntil: number;
}

/** Which incidents there are, found in memory. */
export function memoryIncidentLists(
  rows: ReadonlyMap<string, MemoryIncident>,
  clock: Pick<Clock, 'now'>,
): Pick<
  Incidents,
  'find' | 'findByOrigin' | 'inChannel' | 'list' | 'takeDue' | 'untilDue' | 'unfinished'
> {
  const seen = (row: MemoryIncident | undefined): SeenIncident | null =>
    row ? { incident: row.incident, now: clock.now() } : null;
  const among = (which: (row: MemoryIncident) => boolean) => [...rows.values()].filter(which);
  return {
    find: async (id) => seen(rows.get(id)),
    findByOrigin: async (origin) => seen(among((row) => row.origin === origin)[0]),
    inChannel: async (channel) =>
      seen(among(({ incident }) => incident.channel?.id === channel)[0]),
    list: async (query) =>
      among(({ incident }) => matches(query, incident))
        .map(({ incident }) => incident)
        .toSorted((a, b) => b.number - a.number)
        .slice(0, query.limit),
    takeDue: async (limit, lease) => {
      const now = clock.now();
      const due = among((row) => dueAt(row) <= now && row.takenUntil <= now)
        .toSorted(worstFirst)
        .slice(0, limit);
      for (const row of due) row.takenUntil = now + lease;
      return due.map(({ incident }) => ({ incident, now }));
    },
    untilDue: async () => {
      const now = clock.now();
      const later = [...rows.values()].map(dueAt).filter((at) => at > now && Number.isFinite(at));
      return later.length === 0 ? null : Math.min(...later) - now;
    },
    unfinished: async () =>
      among(({ incident: { state } }) => state !== 'closed' && state !== 'cancelled')
        .toSorted(openFirst)
        .slice(0, 1_000)
        .map(({ incident }) => ({ incident, now: clock.now(), wake: wakeAt(incident) })),
  };
}

/** Those that wait for their review must not hide one that is being worked on. */
const openFirst = ({ incident: a }: MemoryIncident, { incident: b }: MemoryIncident): number =>
  Number(a.state === 'resolved') - Number(b.state === 'resolved') || b.number - a.number;

const dueAt = ({ incident }: MemoryIncident): number =>
  wakeAt(incident) ?? Number.POSITIVE_INFINITY;

const worstFirst = (a: MemoryIncident, b: MemoryIncident): number =>
  a.incident.severity - b.incident.severity ||
  dueAt(a) - dueAt(b) ||
  a.incident.number - b.incident.number;

const matches = (
  { states, service, since, beforeNumber }: IncidentQuery,
  { state, target, times, number }: Incident,
): boolean =>
  (!states || states.includes(state)) &&
  (service === undefined || target?.service === service) &&
  times.declared >= (since ?? 0) &&
  number < (beforeNumber ?? Number.POSITIVE_INFINITY);
