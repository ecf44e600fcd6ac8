import { formatDuration } from '../../core/duration.ts';
import { worst } from '../../core/health.ts';
import type { StateRow } from '../../core/report.ts';
import type { Sighting } from '../../core/sighting.ts';

/** Several sightings of the same probe, at least one, as one row: the worst of them, and how long they took. */
export function seriesRow(sightings: readonly Sighting[]): StateRow {
  const health = worst(sightings.map((seen) => seen.health));
  const telling = sightings.findLast((seen) => seen.health === health);
  const { probe = '', at = 0 } = sightings.at(-1) ?? {};
  const said = telling?.detail ?? '';
  const detail = sightings.length === 1 ? said : `${said} · ${summary(sightings)}`;
  return { health, name: probe, detail, at };
}

function summary(sightings: readonly Sighting[]): string {
  const up = sightings.filter(({ health }) => health === 'up').length;
  const took = sightings.filter(({ answered }) => answered).map((seen) => seen.took);
  return [`${up} of ${sightings.length} up`, ...(took.length > 1 ? [spread(took)] : [])].join(', ');
}

/** Fastest, median and slowest. */
function spread(took: readonly number[]): string {
  const sorted = took.toSorted((a, b) => a - b);
  const [fastest = 0] = sorted;
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const slowest = sorted.at(-1) ?? 0;
  return `${formatDuration(fastest)} to ${formatDuration(slowest)}, median ${formatDuration(median)}`;
}
