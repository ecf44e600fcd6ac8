import type { Escalation, Incident } from '../../core/incident.ts';
import { call, nextContact } from '../calling/call.ts';
import { patience, unanswered } from '../deadlines/people.ts';
import { decided, refused } from '../decided.ts';
import { announced, inRoom, toPeople } from '../places.ts';
import type { WhenDue } from './due.ts';

/** Nobody has answered the offer of a role: whoever has it keeps it, and both hear that. */
export const dueHandover: WhenDue = (incident, _due, { now }) => {
  const ended = incident.handovers.filter(({ at }) => at + patience.handover <= now);
  const after = {
    ...incident,
    handovers: incident.handovers.filter((one) => !ended.includes(one)),
  };
  const people = ended.flatMap(({ from, to }) => (from === null ? [to] : [from, to]));
  const offers = ended.map(({ role, from, to }) => ({ role, from, to }));
  return decided(after, 'handover-expired', { offers }, [
    ...inRoom(after, 1),
    ...toPeople(people, 1),
  ]);
};

/** Whoever was called has not answered: the next one is called, and that is said. */
export const dueAnswer: WhenDue = (incident, _due, circumstances) => {
  const { now } = circumstances;
  const silent = unanswered(incident).filter(({ at }) => at + patience.escalation <= now);
  const last = silent.at(-1);
  if (!last) return refused({ kind: 'not-now', why: 'Nobody is late to answer.' });
  const heard = { ...incident, escalations: incident.escalations.map(silenced(silent, now)) };
  const names = silent.map(({ contact }) => contact);
  const next = nextContact(heard, last.contact);
  if (next === null) return nobodyElse(heard, names);
  const why = `${names.join(', ')} has not answered`;
  const { after, calls, messages } = call(heard, next, { why, cause: last.cause }, circumstances);
  return decided(after, 'escalation-unanswered', { silent: names, contact: next, calls }, messages);
};

const silenced =
  (silent: readonly Escalation[], now: number) =>
  (one: Escalation): Escalation =>
    silent.includes(one) ? { ...one, answer: { kind: 'silent', by: 'gatehouse', at: now } } : one;

const nobodyElse = (incident: Incident, names: string[]) =>
  decided(incident, 'escalation-unanswered', { silent: names, contact: null, calls: [] }, [
    ...inRoom(incident, 0),
    ...announced(incident, 0),
  ]);
