import { messageOf } from '../../core/errors.ts';
import { type Incident, isOpen } from '../../core/incident.ts';
import type { IncidentSamples, Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import type { Sighting } from '../../core/sighting.ts';
import type { Target } from '../../core/target.ts';
import type { IncidentLife } from '../incident-life.ts';
import { fewAtOnce } from './few-at-once.ts';
import { minute, minuteOf, sampleOf } from './take-sample.ts';

/** What it takes to look at what incidents are about. */
export interface SamplerTools {
  incidents: Pick<Incidents, 'unfinished' | 'refresh'>;
  samples: IncidentSamples;
  life: Pick<IncidentLife, 'do'>;
  /** Looks at every check of a target once. */
  look(target: Target): Promise<readonly Sighting[]>;
  log: Log;
  /** In which minute each incident was looked at last, as far as this process knows; without it it asks each time. */
  looked?: Map<string, number>;
}

/** How far back the recovery watch looks, in minutes. */
const recent = 60;
/** So many incidents are looked at at the same time. */
const atOnce = 8;

/**
 * Looks once at everything that an open incident is about and that nobody has looked at in this minute:
 * by the database's clock, whichever process comes first does it.
 */
export async function sampleAll(tools: SamplerTools): Promise<void> {
  const { looked = new Map<string, number>() } = tools;
  const seen = (await tools.incidents.unfinished()).filter(({ incident }) =>
    isOpen(incident.state),
  );
  const open = new Set(seen.map(({ incident }) => incident.id));
  for (const id of looked.keys()) if (!open.has(id)) looked.delete(id);
  const due = seen.filter(({ incident, now }) => looked.get(incident.id) !== minuteOf(now));
  const look = eachTargetOnce(tools.look);
  await fewAtOnce(atOnce, due, ({ incident, now }) =>
    sampleOne({ ...tools, look, looked }, incident, minuteOf(now)).catch((error: unknown) => {
      tools.log.warn(
        { incident: incident.id, why: messageOf(error) },
        'An incident was not looked at',
      );
    }),
  );
}

/** What several incidents are about is looked at once for all of them. */
function eachTargetOnce(look: SamplerTools['look']): SamplerTools['look'] {
  const looks = new Map<string, ReturnType<SamplerTools['look']>>();
  return (target) => {
    const key = `${target.service}@${target.env}`;
    const known = looks.get(key) ?? look(target);
    looks.set(key, known);
    return known;
  };
}

async function sampleOne(
  tools: SamplerTools & Required<Pick<SamplerTools, 'looked'>>,
  incident: Incident,
  at: number,
): Promise<void> {
  const { samples, look, life, incidents, looked } = tools;
  if (incident.target === null) return;
  const isMine = await samples.claim(incident.id, at);
  looked.set(incident.id, at);
  if (!isMine) return;
  const sightings = await look(incident.target).catch(() => []);
  await samples.fill(incident.id, sampleOf(at, sightings));
  if (incident.watch === null) return;
  const since = Math.max(incident.watch.from - minute, at - recent * minute);
  await life.do(
    incident.id,
    { kind: 'sampled', recent: await samples.since(incident.id, since) },
    null,
  );
  await incidents.refresh(incident.id); // its card shows every look
}
