import type { Incident } from '../../core/incident.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { IncidentHandle } from '../../views/incidents/incident-handle.ts';
import type { Asking } from '../command.ts';
import type { ClickedMessage } from '../desk.ts';
import type { WrongClick } from '../note-click.ts';
import { readOrSay } from '../read-or-say.ts';
import type { IncidentAsked } from './incident-asked.ts';
import type { IncidentTools } from './incident-tools.ts';

/** Why a click does nothing, and what is written down. */
export interface NotMeant {
  refusal: IncidentRefusal;
  wrong: WrongClick;
}

/** The incident that is meant, when the click is one that may mean it. */
export async function findMeant(
  handle: IncidentHandle,
  asked: IncidentAsked,
  { person }: Pick<Asking, 'person'>,
  { life, outbox }: Pick<IncidentTools, 'life' | 'outbox'>,
): Promise<Result<Incident, NotMeant>> {
  const { incident: id } = handle;
  const incident = await readOrSay(() => life.find(id));
  const none = { kind: 'no-such-incident', id } as const;
  if (!incident) return err({ refusal: none, wrong: 'no-such-incident' });
  if (incident.declaredBy.team !== person.team) return err({ refusal: none, wrong: 'other-team' });
  if (handle.version > incident.version) {
    const why = 'This button does not belong to the incident as it is.';
    return err({ refusal: { kind: 'not-now', why }, wrong: 'tampered' });
  }
  const isOurs = asked.values !== null || asked.inView;
  if (isOurs || (await isIts(id, asked.message, outbox))) return ok(incident);
  const why = `This button stands in a message that is not one of ${id}.`;
  return err({ refusal: { kind: 'not-now', why }, wrong: 'other-message' });
}

/**
 * Whether a message is one of the incident: a card or a notice of it, one that is on its way, or an answer that
 * nobody but the person sees, as direct messages are.
 */
async function isIts(
  id: string,
  message: ClickedMessage | null,
  outbox: IncidentTools['outbox'],
): Promise<boolean> {
  if (message === null) return false;
  if (message.alone) return true;
  const whose = await readOrSay(() => outbox.whose(id, message));
  if (whose === 'nobody') return message.channel.startsWith('D');
  return whose === 'its' || whose === 'perhaps';
}
