import { messageOf } from '../core/errors.ts';
import { type Incident, isOpen } from '../core/incident.ts';
import type { IncidentSamples, Incidents } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import type { Sighting } from '../core/sighting.ts';
import type { Target } from '../core/target.ts';
import type { IncidentLife } from './incident-life.ts';
import { minute, minuteOf, sampleOf } from './take-sample.ts';

/** What it takes to look at what incidents are about. */
export interface SamplerTools {
  incidents: Pick<Incidents, 'unfinished' | 'refresh'>;
  samples: IncidentSamples;
  life: Pick<IncidentLife, 'do'>;
  /** Looks at every check of a target once. */
  look(target: Target): Promise<readonly Sighting[]>;
  log: Log;
}

/** How far back the recovery watch looks, in minutes. */
const recent = 60;

/**
 * Looks once at everything that an open incident is about and that nobody has looked at in this minute:
 * by the database's clock, whichever process comes first does it.
 */
export async function sampleAll(tools: SamplerTools): Promise<void> {
  const seen = await tools.incidents.unfinished();
  await Promise.all(
    seen
      .filter(({ incident }) => isOpen(incident.state))
      .map(({ incident, now }) =>
        sampleOne(tools, incident, minuteOf(now)).catch((error: unknown) => {
          tools.log.warn(
            { incident: incident.id, why: messageOf(error) },
            'An incident was not looked at',
          );
        }),
      ),
  );
}

async function sampleOne(tools: SamplerTools, incident: Incident, at: number): Promise<void> {
  const { samples, look, life, incidents } = tools;
  if (incident.target === null || !(await samples.claim(incident.id, at))) return;
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
