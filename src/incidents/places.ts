import type { Incident } from '../core/incident.ts';
import type { IncidentMessage } from '../core/incidents.ts';
import { roomOf } from './decision.ts';

type Urgency = IncidentMessage['urgency'];

/**
 * Where the people of an incident read: its own channel, which notices wait for while it is being made. Where
 * there is none and will be none, where incidents are announced or it was declared; of one about security,
 * whoever leads it or declared it, and nobody else.
 */
export function placesOf(incident: Incident): string[] {
  const { channel, setup, security, rules, declaredIn } = incident;
  const room = channel === null ? setup.channel.kind !== 'failed' : channel.lost === null;
  if (room) return [roomOf(incident)];
  const open = rules.channels.announce ?? declaredIn;
  if (!security && open !== null) return [open];
  return [`user:${incident.roles.commander?.by ?? incident.declaredBy.id}`];
}

/** A notice for the people of an incident. */
export const inRoom = (incident: Incident, urgency: Urgency): IncidentMessage[] =>
  placesOf(incident).map((to) => ({ kind: 'notice', to, urgency }));

/** A notice for each of these people, once. */
export const toPeople = (people: readonly string[], urgency: Urgency): IncidentMessage[] =>
  [...new Set(people)].map((id) => ({ kind: 'notice', to: `user:${id}`, urgency }));

/** A notice where incidents are announced; nothing of one about security. */
export function announced(incident: Incident, urgency: Urgency): IncidentMessage[] {
  const to = incident.rules.channels.announce;
  return to === null || incident.security ? [] : [{ kind: 'notice', to, urgency }];
}

/** Each place once, as urgently as any of them says. */
export function once(messages: readonly IncidentMessage[]): IncidentMessage[] {
  const found = new Map<string, IncidentMessage>();
  for (const message of messages) {
    const key = `${message.kind} ${message.to}`;
    const other = found.get(key);
    if (!other || message.urgency < other.urgency) found.set(key, message);
  }
  return [...found.values()];
}
