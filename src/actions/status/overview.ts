import { type Health, worst } from '../../core/health.ts';
import type { Report, StateRow } from '../../core/report.ts';
import type { Sighting } from '../../core/sighting.ts';
import { type Target, targetName } from '../../core/target.ts';
import { declaring } from './declaring.ts';
import { type Looking, lookAt, lookAtCopies } from './look.ts';

/** One row for each target, all of them looked at at the same time. */
export async function overview(targets: readonly Target[], looking: Looking): Promise<Report> {
  const rows = await Promise.all(targets.map((target) => rowFor(target, looking)));
  return {
    title: 'Status of all services',
    parts: [
      { kind: 'text', text: headline(rows.map(({ health }) => health)) },
      { kind: 'states', rows },
    ],
    next: [
      { label: 'Refresh', command: 'status' },
      ...declaring(targets.filter((_, index) => rows[index]?.health === 'down')),
      { label: 'Services', command: 'services' },
    ],
  };
}

function headline(states: readonly Health[]): string {
  const up = states.filter((state) => state === 'up').length;
  if (states.length === 0) return 'The catalogue names no service yet.';
  if (up === states.length) return `All ${up} are up.`;
  return `${up} of ${states.length} are up.`;
}

async function rowFor(target: Target, looking: Looking): Promise<StateRow> {
  const checks = await lookAt(target, looking);
  const sightings = checks.length > 0 ? checks : await lookAtCopies(target, looking);
  return {
    health: worst(sightings.map(({ health }) => health)),
    name: targetName(target),
    detail: detailOf(sightings),
    at: Math.min(looking.clock.now(), ...sightings.map(({ at }) => at)),
    more: { label: 'Details', command: `status ${targetName(target)}` },
  };
}

/** What is worst about it; the only check's own words when there is one. */
function detailOf(sightings: readonly Sighting[]): string {
  const state = worst(sightings.map(({ health }) => health));
  const told = sightings.find(({ health }) => health === state);
  if (!told) return 'has no checks';
  if (sightings.length === 1) return `${told.probe}: ${told.detail}`;
  const up = sightings.filter(({ health }) => health === 'up').length;
  const count = `${up} of ${sightings.length} checks up`;
  return state === 'up' ? count : `${told.probe}: ${told.detail} (${count})`;
}
