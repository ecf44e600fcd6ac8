import { isOpen } from '../../core/incident.ts';
import type { Asking } from '../command.ts';
import type { Parsed } from '../grammar/parse.ts';
import type { Setting } from '../grammar/setting.ts';
import { leading } from '../grammar/verb.ts';
import type { IncidentTools } from './incident-tools.ts';

/**
 * The setting of a command that is typed in the channel of an open incident: a change that names no target is
 * about what the incident is about. Nobody waits for it who only looks, and when it cannot be read, the target
 * is asked for as anywhere else.
 */
export async function inIncident(
  { items }: Parsed,
  { place, setting }: Pick<Asking, 'place' | 'setting'>,
  tools: Pick<IncidentTools, 'life'> | undefined,
): Promise<Setting> {
  const command = setting.registry.find(leading(items))?.command;
  if (!tools || place === null || !command?.changes || command.aim !== 'one') return setting;
  const incident = await tools.life.inChannel(place.channel).catch(() => null);
  if (!incident?.target || !isOpen(incident.state)) return setting;
  return { ...setting, standing: incident.target };
}
