import { didMessage } from '../../views/incidents/incident-answer.ts';
import type { Asking } from '../command.ts';
import { actorIn, refuseIncident } from '../incidents/do-deed.ts';
import type { IncidentTools } from '../incidents/incident-tools.ts';
import { readOrSay } from '../read-or-say.ts';
import { noteKey, noteOf } from './take-noticed.ts';

/** Puts a message onto the timeline of the incident whose channel it stands in, and says so. */
export async function noteMessage(
  place: { channel: string; ts: string },
  asking: Omit<Asking, 'catalogue'>,
  { life, messages }: Pick<IncidentTools, 'life' | 'messages'>,
): Promise<void> {
  const incident = await readOrSay(() => life.inChannel(place.channel));
  const say = (why: string) => refuseIncident({ kind: 'not-now', why }, asking);
  if (!incident)
    return say('This is not the channel of an incident, so there is no timeline here.');
  const message = await messages.read(place);
  if (message === null) return say('Slack does not show that message any more.');
  if (message.isOwn) return say('What Gatehouse says stands on the timeline already.');
  const note = noteOf(noteKey(place), message, 'shortcut');
  const done = await life.do(incident.id, note, actorIn(asking));
  if (!done.ok) return refuseIncident(done.error, asking);
  await asking.show(didMessage, {
    did: 'It is on the timeline',
    incident: done.value,
    askedIn: place.channel,
  });
}
