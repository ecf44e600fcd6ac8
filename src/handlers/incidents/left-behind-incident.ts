import type { Incident } from '../../core/incident.ts';
import { readIncidentHandle } from '../../views/incidents/incident-handle.ts';
import type { LeftBehindFinding } from '../../views/runs/left-behind.ts';
import type { Asked } from '../desk.ts';
import type { Parsed } from '../grammar/parse.ts';
import { leading } from '../grammar/verb.ts';
import type { Registry } from '../registry.ts';
import { incidentAskedIn } from './incident-asked.ts';
import type { IncidentTools } from './incident-tools.ts';
import { idIn } from './meant-incident.ts';

type Tools = Pick<IncidentTools, 'life' | 'findByOrigin' | 'audit'>;

/** The clocks of two processes are not compared: the record may be a little older than what was received, in milliseconds. */
const slack = 2_000;

/**
 * What became of something about incidents that was taken by a process which is gone: which incident was declared,
 * or whether the incident has a record of that person since. Null when it was not about incidents.
 */
export async function leftBehindIncident(
  { asked, key, receivedAt }: { asked: Asked; key: string; receivedAt: number },
  parsed: Parsed | null,
  registry: Registry,
  tools: Tools,
): Promise<LeftBehindFinding | null> {
  const clicked = incidentAskedIn(asked);
  const command = parsed && registry.find(leading(parsed.items))?.command;
  if (!clicked && command?.group !== 'Incidents') return null;
  if (clicked?.deed === 'declare' || command?.name === 'incident start') {
    const incident = await tools.findByOrigin(key);
    return incident ? { kind: 'incident', incident } : { kind: 'nothing' };
  }
  const incident = await meantBy(asked, clicked?.carried ?? null, parsed, tools);
  if (!incident) return { kind: 'unknown' };
  const { id, team } = asked.asker;
  const since = receivedAt - slack;
  const query = { subject: incident.id, actor: `user:${team}/${id}`, since, limit: 1 };
  const [record] = await tools.audit.find(query);
  return { kind: record ? 'incident-heard' : 'incident-unheard', incident };
}

async function meantBy(
  asked: Asked,
  carried: string | null,
  parsed: Parsed | null,
  { life }: Tools,
): Promise<Incident | null> {
  const handle = carried === null ? null : readIncidentHandle(carried);
  if (handle) return life.find(handle.incident);
  const named = namedIn(parsed);
  if (named !== null) return life.find(named);
  const place = 'place' in asked ? asked.place : null;
  return place && life.inChannel(place.channel);
}

/** The incident that was named, behind a flag with or without a sign between them, or just so. */
function namedIn(parsed: Parsed | null): string | null {
  const items = parsed?.items ?? [];
  const at = items.findIndex((item) => item.kind === 'flag' && item.name === 'incident');
  const [flag, next] = at < 0 ? [] : items.slice(at, at + 2);
  if (flag?.kind === 'flag' && flag.value !== null) return idIn(flag.value);
  if (next?.kind === 'word') return idIn(next.text);
  const word = items.find((item) => item.kind === 'word' && /^inc-?\d+$/i.test(item.text));
  return word?.kind === 'word' ? idIn(word.text) : null;
}
