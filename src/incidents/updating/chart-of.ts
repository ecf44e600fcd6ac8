import type { ChartMark, HealthChart } from '../../core/chart.ts';
import type { Incident } from '../../core/incident.ts';
import type { Absence, Sample } from '../../core/incidents.ts';
import { isOver, type Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { minute } from '../watching/take-sample.ts';

/** What a chart of an incident is made of. */
export interface ChartMatter {
  incident: Pick<Incident, 'id' | 'target' | 'times'>;
  samples: readonly Sample[];
  absences: readonly Absence[];
  runs: readonly Run[];
  now: number;
}

/** A chart shows no more than this, in milliseconds, and no less than the second. */
const widest = 6 * 60 * minute;
const narrowest = 30 * minute;

/** How the service was since it began, as a chart; null where nothing is checked. */
export function chartOf({
  incident,
  samples,
  absences,
  runs,
  now,
}: ChartMatter): HealthChart | null {
  const { id, target, times } = incident;
  if (target === null || samples.length === 0) return null;
  const name = targetName(target);
  const from = Math.max(Math.min(times.declared, now - narrowest), now - widest);
  return {
    from,
    to: now,
    title: `${id} · ${name}`,
    services: [name],
    measure: 'Failing checks',
    samples: samples.map(({ at, health, errorRate, checks }) => ({
      at,
      health: { [name]: health },
      failing: errorRate,
      latency: slowest(checks.map(({ took }) => took)),
    })),
    every: minute,
    offline: absences.map(({ from: gone, until }) => ({ from: gone, to: until })),
    marks: marksOf(incident, runs).filter(({ at }) => at >= from && at <= now),
    limit: 0.1,
  };
}

const slowest = (took: readonly number[]): number | null =>
  took.length === 0 ? null : Math.max(...took);

const marksOf = ({ times }: ChartMatter['incident'], runs: readonly Run[]): ChartMark[] => [
  ...runs
    .filter(({ state }) => isOver(state) && state !== 'denied' && state !== 'expired')
    .map(
      ({ action, state, changedAt }): ChartMark => ({
        at: changedAt,
        kind: 'action',
        label: `${action} ${state}`,
      }),
    ),
  ...(times.mitigated === null
    ? []
    : [{ at: times.mitigated, kind: 'state', label: 'mitigated' } as const]),
];
