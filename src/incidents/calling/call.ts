import type { DeadlineKind, Escalation, Incident } from '../../core/incident.ts';
import type { IncidentMessage } from '../../core/incidents.ts';
import type { Json } from '../../core/json.ts';
import type { Circumstances } from '../decision.ts';
import { announced, inRoom, once, toPeople } from '../places.ts';
import { clockOf } from '../updating/clock-of.ts';
import { countOf, type LadderKind, stepsOf } from './ladder.ts';

/** Somebody was called, or several after each other because nobody could be reached under a name. */
export interface Called {
  after: Incident;
  /** Each name that was tried, who that is, and why nobody was there, for the record. */
  calls: Json;
  messages: IncidentMessage[];
}

/** What a call is made for. */
interface Cause {
  why: string;
  cause: DeadlineKind | null;
}

/**
 * Calls a contact. Where nobody can be reached under the name, whoever is next on the ladder is called at
 * once, and all of it is said aloud; when there is nobody at all, that is said everywhere it can be.
 */
export function call(
  incident: Incident,
  contact: string,
  { why, cause }: Cause,
  circumstances: Circumstances,
): Called {
  const { now, by, reach } = circumstances;
  const tried: Escalation[] = [];
  const calls: Json[] = [];
  let name: string | null = contact;
  let people: readonly string[] = [];
  while (name !== null && people.length === 0) {
    const found = reach[name] ?? { people: [], why: 'nobody knows who that is' };
    people = found.people;
    calls.push({ contact: name, people: [...people], why: people.length > 0 ? null : found.why });
    tried.push(escalationTo(name, people, { why, cause }, { by: by?.id ?? 'gatehouse', now }));
    name = nextContact({ ...incident, escalations: [...incident.escalations, ...tried] }, name);
  }
  const after = { ...incident, escalations: [...incident.escalations, ...tried] };
  const more = people.length === 0 ? announced(incident, 0) : toPeople(people, 0);
  return { after, calls, messages: once([...inRoom(incident, 0), ...more]) };
}

/** An escalation to nobody is answered by silence at once. */
const escalationTo = (
  contact: string,
  people: readonly string[],
  { why, cause }: Cause,
  { by, now }: { by: string; now: number },
): Escalation => ({
  contact,
  people,
  why,
  cause,
  at: now,
  by,
  answer: people.length > 0 ? null : { kind: 'silent', by: 'gatehouse', at: now },
});

/** The names of the ladders of an incident, in the order in which they are called. */
function ladderNames(incident: Incident): string[] {
  const { unacknowledged, unresolved } = clockOf(incident);
  const all = [...unacknowledged, ...unresolved].toSorted((a, b) => a.after - b.after);
  return [...new Set(all.map(({ contact }) => contact))];
}

/**
 * Whoever is called after a contact that does not answer; null when everybody on the ladder was called since it
 * began, or began again.
 */
export function nextContact(incident: Incident, contact: string): string | null {
  const names = ladderNames(incident);
  const later = names.slice(names.indexOf(contact) + 1);
  const { from } = countOf(incident, 'unresolved');
  const since = incident.escalations.filter(({ at }) => at >= from);
  const called = new Set(since.map((one) => one.contact));
  return later.find((name) => !called.has(name)) ?? null;
}

/** Calls those whom a ladder calls without any delay, such as security. */
export function callAtOnce(incident: Incident, why: string, circumstances: Circumstances): Called {
  const kinds: readonly LadderKind[] = ['acknowledge', 'unresolved'];
  let sum: Called = { after: incident, calls: [], messages: [] };
  for (const kind of kinds) {
    const { from, done } = countOf(sum.after, kind);
    const steps = stepsOf(sum.after, kind);
    const now = steps.filter(({ after }, index) => after === 0 && index >= done);
    for (const { contact } of now) {
      if (contact === null) continue;
      sum = both(sum, call(sum.after, contact, { why, cause: kind }, circumstances));
    }
    if (now.length === 0) continue;
    const counted = { ...sum.after.counted, [kind]: { from, done: done + now.length } };
    sum = { ...sum, after: { ...sum.after, counted } };
  }
  return sum;
}

/** Two calls of one change. */
export const both = (one: Called, other: Called): Called => ({
  after: other.after,
  calls: [...(one.calls as Json[]), ...(other.calls as Json[])],
  messages: once([...one.messages, ...other.messages]),
});
