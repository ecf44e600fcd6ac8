import type { Incident } from '../core/incident.ts';
import type { IncidentCommand, IncidentDeed } from '../core/incident-command.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';
import { ok, type Result } from '../core/result.ts';
import { mayDo } from '../permissions/incident-rights.ts';
import { withGuests } from './channel/guests.ts';
import { requiredDeadlines } from './deadlines.ts';
import { type Decide, refused } from './decided.ts';
import type { Circumstances, Decision } from './decision.ts';
import { deeds } from './deeds/index.ts';
import { events } from './events/index.ts';
import { once } from './places.ts';
import { standing } from './standing.ts';

/**
 * What becomes of an incident when somebody does something, or something happens. It depends on nothing but
 * what it is given, so that whoever was too late decides again. What is refused leaves the incident as it is.
 */
export function decide(
  incident: Incident,
  command: IncidentCommand,
  circumstances: Circumstances,
): Result<Decision, IncidentRefusal> {
  const decision = isDeed(command)
    ? decideDeed(incident, command, circumstances)
    : decideEvent(incident, command, circumstances);
  return decision.ok ? ok(settled(incident, command, decision.value, circumstances)) : decision;
}

type Event = Exclude<IncidentCommand, IncidentDeed>;

/** Whether people do it, not Gatehouse itself. */
export const isDeed = (command: IncidentCommand): command is IncidentDeed =>
  Object.hasOwn(deeds, command.kind);

/** Only a person does something, and not everybody may do everything. */
function decideDeed(incident: Incident, deed: IncidentDeed, circumstances: Circumstances) {
  const { by, holds } = circumstances;
  if (by === null && deed.kind !== 'note-changed') {
    return refused({ kind: 'not-now', why: 'Only a person can do that.' });
  }
  const may = mayDo(incident, deed, { id: by?.id ?? 'gatehouse', holds });
  if (!may.ok) return may;
  const found = deeds[deed.kind] as Decide<IncidentDeed>; // the table has the right one for each kind
  return found(incident, deed, circumstances);
}

/** Nobody can say that something has happened but Gatehouse. */
function decideEvent(incident: Incident, event: Event, circumstances: Circumstances) {
  if (circumstances.by !== null) {
    return refused({
      kind: 'not-now',
      why: 'Gatehouse alone says what has become due or happened.',
    });
  }
  const found = events[event.kind] as Decide<Event>;
  return found(incident, event, circumstances);
}

/** What follows from every change: signs of life, the last move, the deadlines, and what the record says. */
function settled(
  before: Incident,
  command: IncidentCommand,
  { after, event, facts, messages }: Decision,
  { by, now }: Circumstances,
): Decision {
  const moved =
    after.state === before.state
      ? before.moved
      : { by: by?.id ?? 'gatehouse', at: now, version: before.version + 1 };
  const lastActivity = isActivity(before, command, by?.id) ? now : after.lastActivity;
  const changed = withGuests({ ...after, moved, lastActivity });
  return {
    after: { ...changed, deadlines: requiredDeadlines(changed) },
    event,
    facts: { ...standing(after), from: before.state, ...facts },
    messages: once(messages),
  };
}

/** What says nothing of whether anybody works on it. */
const idle: readonly IncidentCommand['kind'][] = ['hide-note', 'note-changed', 'join', 'plea'];

/** Whatever a person does is a sign of life; a message is one of somebody who has a part in it. */
function isActivity(incident: Incident, command: IncidentCommand, by: string | undefined): boolean {
  if (command.kind === 'add-note') {
    const { acknowledged, roles } = incident;
    const working = [acknowledged?.by, ...Object.values(roles).map((role) => role.by)];
    return working.includes(command.note.author);
  }
  return by !== undefined && !idle.includes(command.kind);
}
