import type { Clock } from '../../core/clock.ts';
import { type Incident, isOpen, wakeAt } from '../../core/incident.ts';
import type { IncidentFigures, IncidentStats, Spread } from '../../core/incident-figures.ts';
import type { Incidents } from '../../core/incidents.ts';
import { type Severity, severities } from '../../core/severity.ts';
import { countedEvents } from '../incident/incident-events.ts';
import type { MemoryLog } from './memory-log.ts';

/** What figures over incidents in memory are made of. */
export interface MemoryFiguresParts {
  clock: Pick<Clock, 'now'>;
  log: Pick<MemoryLog, 'all'>;
  incidents: Pick<Incidents, 'list'>;
}

/** Figures over incidents in memory. */
export function memoryIncidentFigures({
  clock,
  log,
  incidents,
}: MemoryFiguresParts): IncidentFigures {
  const counting = () => countIn(log.all());
  return {
    stats: async (query) => {
      const all = await incidents.list({ ...query, limit: Number.MAX_SAFE_INTEGER });
      const count = counting();
      const stats = (group: IncidentStats['group'], some: readonly Incident[]) =>
        statsOf(group, some, count, clock.now());
      const services = [...new Set(all.flatMap(({ target }) => target?.service ?? []))].toSorted();
      return [
        stats({ by: 'all' }, all),
        ...severities.flatMap((severity) => {
          const some = all.filter((one) => one.severity === severity);
          return some.length === 0 ? [] : [stats({ by: 'severity', severity }, some)];
        }),
        ...services.map((service) =>
          stats(
            { by: 'service', service },
            all.filter(({ target }) => target?.service === service),
          ),
        ),
      ];
    },
    pulse: async () => {
      const all = await incidents.list({ limit: Number.MAX_SAFE_INTEGER });
      const open = (severity: Severity) =>
        all.filter((one) => isOpen(one.state) && one.severity === severity).length;
      const late = all.flatMap((one) => wakeAt(one) ?? []).map((at) => clock.now() - at);
      return {
        open: { 1: open(1), 2: open(2), 3: open(3), 4: open(4) },
        lag: Math.max(0, ...late),
      };
    },
  };
}

type Count = (incident: string, events: readonly string[]) => number;

function countIn(records: ReturnType<MemoryLog['all']>): Count {
  return (incident, events) =>
    records.filter(
      ({ subject, body }) =>
        subject === incident && events.includes((JSON.parse(body) as { event: string }).event),
    ).length;
}

function statsOf(
  group: IncidentStats['group'],
  all: readonly Incident[],
  count: Count,
  now: number,
): IncidentStats {
  const real = all.filter(({ state }) => state !== 'cancelled');
  const sum = (figure: (incident: Incident) => number) =>
    real.reduce((total, one) => total + figure(one), 0);
  const due = real.filter((one) => isPromised(one, now));
  return {
    group,
    incidents: all.length,
    cancelled: all.length - real.length,
    detect: spreadOf(real.map(({ times }) => notNegative(between(times.started, times.detected)))),
    acknowledge: spreadOf(real.map(tookToAcknowledge)),
    mitigate: spreadOf(real.map(({ times }) => between(times.declared, times.mitigated))),
    resolve: spreadOf(real.map(({ times }) => between(times.declared, times.resolved))),
    acknowledgements: { promised: due.length, kept: due.filter(isKept).length },
    updates: {
      onTime: sum(({ updates }) => updates.onTime),
      late: sum(({ updates }) => updates.late),
      merged: sum(({ updates }) => updates.merged),
    },
    reminders: sum(({ id }) => count(id, countedEvents.reminders)),
    escalations: sum(
      ({ escalations, times }) => escalations.filter(({ at }) => at > times.declared).length,
    ),
    redAgain: sum(({ id }) => count(id, countedEvents.redAgain)),
  };
}

const between = (from: number | null, until: number | null): number | null =>
  from === null || until === null ? null : until - from;
const notNegative = (took: number | null): number | null =>
  took === null || took < 0 ? null : took;

const tookToAcknowledge = ({ times, firstAcknowledged }: Incident): number | null =>
  between(times.declared, firstAcknowledged?.at ?? null);
const within = ({ rules, severity }: Incident): number | null => rules.clock[severity].acknowledge;

/** Whether it was promised, and is known by now whether it was kept. */
const isPromised = (incident: Incident, now: number): boolean => {
  const limit = within(incident);
  if (limit === null) return false;
  return tookToAcknowledge(incident) !== null || now - incident.times.declared > limit;
};
const isKept = (incident: Incident): boolean =>
  (tookToAcknowledge(incident) ?? Number.POSITIVE_INFINITY) <= (within(incident) ?? 0);

function spreadOf(all: readonly (number | null)[]): Spread {
  const took = all.filter((one) => one !== null).toSorted((a, b) => a - b);
  return { count: took.length, p50: share(took, 0.5), p90: share(took, 0.9) };
}

/** Between the two that are nearest, as the database does it. */
function share(sorted: readonly number[], of: number): number | null {
  if (sorted.length === 0) return null;
  const place = of * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return low + (high - low) * (place - Math.floor(place));
}
