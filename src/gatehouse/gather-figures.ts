import { within } from '../core/deadline.ts';
import { messageOf } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import type { Figures } from '../core/incident-command.ts';
import type { Log } from '../core/log.ts';
import { type ChartMatter, chartOf } from '../incidents/updating/chart-of.ts';
import { figuresOf } from '../incidents/updating/figures-of.ts';
import { minute } from '../incidents/watching/take-sample.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { incidentPacket } from '../views/incidents/incident-packet.ts';
import type { Pictures } from './create-pictures.ts';

/** What an update is made of. */
export interface Gathering {
  store: Pick<StoreDoor, 'incidentSamples' | 'runs' | 'presence'>;
  pictures: Pictures;
  log: Log;
}

/** How long the picture may hold up an update that is due, in milliseconds: without it the text goes alone. */
const patience = 800;
/** How far back a chart looks, in milliseconds. */
const farthest = 6 * 60 * minute;

/** Gathers what an update says that is due now, and a chart of it. */
export async function gatherFigures(
  { store, pictures, log }: Gathering,
  incident: Incident,
  now: number,
): Promise<Figures> {
  const since = Math.max(incident.times.declared - minute, now - farthest);
  const [samples, runs, absences] = await Promise.all([
    store.incidentSamples.since(incident.id, since),
    store.runs.ofIncident(incident.id),
    store.presence.absences(since),
  ]);
  const chart = await within(patience, (given) =>
    keepChart(pictures, { incident, samples, runs, absences, now }, given),
  ).catch((error: unknown) => {
    const why = messageOf(error);
    log.warn({ incident: incident.id, why }, 'An update goes out without its chart');
    return null;
  });
  return { ...figuresOf({ incident, samples, runs, now }), chart };
}

/** What an update would say now, without a chart. */
export async function figuresIn(
  { incidentSamples, runs }: Pick<StoreDoor, 'incidentSamples' | 'runs'>,
  incident: Incident,
  now: number,
): Promise<Omit<Figures, 'chart'>> {
  const since = Math.max(incident.times.declared - minute, now - farthest);
  const [samples, all] = await Promise.all([
    incidentSamples.since(incident.id, since),
    runs.ofIncident(incident.id),
  ]);
  return figuresOf({ incident, samples, runs: all, now });
}

/** So many records of an incident are looked through for what whoever is called reads. */
const records = 80;

/** How its channel came to be helps nobody who is called. */
const unsaid: readonly string[] = ['incident.set-up', 'incident.card-moved', 'incident.repaired'];

/** What whoever is called has to know, composed from what is written down. */
export async function packetOf(
  store: Pick<StoreDoor, 'incidentSamples' | 'runs' | 'audit'>,
  incident: Incident,
  now: number,
): Promise<readonly string[]> {
  // All that was done since it was declared, not just since the last update.
  const whole = { ...incident, updates: { ...incident.updates, last: null } };
  const [figures, found] = await Promise.all([
    figuresIn(store, whole, now),
    store.audit.find({ subject: incident.id, limit: records }),
  ]);
  const told = found.filter(({ event }) => !unsaid.includes(event));
  return incidentPacket({ incident, records: told.toReversed(), figures });
}

async function keepChart(
  pictures: Pictures,
  matter: ChartMatter,
  given: AbortSignal,
): Promise<Figures['chart']> {
  const chart = chartOf(matter);
  if (chart === null) return null;
  let alt = '';
  const draw = async () => {
    const { renderChart } = await import('../charts/render-chart.ts');
    const drawn = await renderChart(chart);
    alt = drawn.alt;
    return { ...drawn, name: `${matter.incident.id}-health.png` };
  };
  const file = await pictures.keep(draw, given);
  return file === null ? null : { file, alt };
}
