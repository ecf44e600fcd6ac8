import { within } from '../core/deadline.ts';
import { messageOf } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import type { Figures } from '../core/incident-command.ts';
import type { IncidentRoom } from '../core/incident-room.ts';
import type { Log } from '../core/log.ts';
import { type ChartMatter, chartOf } from '../incidents/chart-of.ts';
import { figuresOf } from '../incidents/figures-of.ts';
import { minute } from '../incidents/take-sample.ts';
import type { StoreDoor } from '../store/store-door.ts';

/** What an update is made of. */
export interface Gathering {
  store: Pick<StoreDoor, 'incidentSamples' | 'runs' | 'presence'>;
  room: Pick<IncidentRoom, 'upload'>;
  log: Log;
}

/** How long the picture may hold up an update that is due, in milliseconds: without it the text goes alone. */
const patience = 800;
/** How far back a chart looks, in milliseconds. */
const farthest = 6 * 60 * minute;

/** Gathers what an update says that is due now, and a chart of it. */
export async function gatherFigures(
  { store, room, log }: Gathering,
  incident: Incident,
  now: number,
): Promise<Figures> {
  const since = Math.max(incident.times.declared - minute, now - farthest);
  const [samples, runs, absences] = await Promise.all([
    store.incidentSamples.since(incident.id, since),
    store.runs.ofIncident(incident.id),
    store.presence.absences(since),
  ]);
  const chart = await within(patience, () =>
    upload(room, { incident, samples, runs, absences, now }),
  ).catch((error: unknown) => {
    const why = messageOf(error);
    log.warn({ incident: incident.id, why }, 'An update goes out without its chart');
    return null;
  });
  return { ...figuresOf({ incident, samples, runs, now }), chart };
}

async function upload(room: Gathering['room'], matter: ChartMatter): Promise<Figures['chart']> {
  const chart = chartOf(matter);
  if (chart === null) return null;
  const { renderChart } = await import('../charts/render-chart.ts');
  const { png, alt } = await renderChart(chart);
  const kept = await room.upload({ png, alt, name: `${matter.incident.id}-health.png` });
  if (kept.kind !== 'done') throw new Error(kept.why);
  return { file: kept.value, alt };
}
