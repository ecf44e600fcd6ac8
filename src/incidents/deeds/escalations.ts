import { type Deed, type Incident, isOpen } from '../../core/incident.ts';
import type { Json } from '../../core/json.ts';
import { call, nextContact } from '../calling/call.ts';
import { type Decide, decided, deedOf, isReason, leastReason, refused } from '../decided.ts';
import { inRoom } from '../places.ts';

/** Somebody calls for help. Whoever was just called and may still answer is not called again. */
export const escalate: Decide<{ kind: 'escalate'; contact: string; why: string }> = (
  incident,
  { contact, why },
  circumstances,
) => {
  const { id, state, rules, escalations } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  const known = rules.contacts.map(({ name }) => name);
  if (!known.includes(contact)) return refused({ kind: 'unknown-contact', name: contact, known });
  if (!isReason(why)) {
    return refused({ kind: 'needs-reason', what: 'escalate it', atLeast: leastReason });
  }
  const open = escalations.find((one) => one.contact === contact && one.answer === null);
  if (open) return refused({ kind: 'already', what: 'called', by: open.by, at: open.at });
  const { after, calls, messages } = call(incident, contact, { why, cause: null }, circumstances);
  return decided(after, 'escalated', { contact, why, calls, automatic: false }, messages);
};

/**
 * Somebody who was called says whether they come. Who does looks after it, if nobody did; when they do not come,
 * the next one is called.
 */
export const answerEscalation: Decide<{
  kind: 'answer-escalation';
  contact: string;
  answer: 'on-it' | 'not-me';
}> = (incident, { contact, answer }, circumstances) => {
  const { id, state, escalations } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  const deed = deedOf(circumstances);
  const asked = escalations.findLast((one) => one.contact === contact);
  if (!asked?.people.includes(deed.by)) {
    return refused({ kind: 'not-yours', what: 'the call', whose: asked?.people[0] ?? null });
  }
  if (asked.answer && asked.answer.kind !== 'silent') {
    const { by, at } = asked.answer;
    return refused({ kind: 'already', what: 'answered', by, at });
  }
  const answered = { ...asked, answer: { kind: answer, ...deed } };
  const others = escalations.map((one) => (one === asked ? answered : one));
  const heard = acknowledgedBy(
    { ...incident, escalations: others },
    answer === 'on-it' ? deed : null,
  );
  const next = answer === 'not-me' ? nextContact(heard, contact) : null;
  if (next === null) {
    const acknowledges = heard.acknowledged !== incident.acknowledged;
    const facts = { contact, answer, acknowledges, calls: [] as Json[] };
    return decided(heard, 'escalation-answered', facts, inRoom(heard, answer === 'on-it' ? 1 : 0));
  }
  const why = `${contact} cannot come`;
  const { after, calls, messages } = call(heard, next, { why, cause: asked.cause }, circumstances);
  return decided(after, 'escalation-answered', { contact, answer, calls }, messages);
};

/** Nobody else has to be called for an incident that somebody comes for. */
const acknowledgedBy = (incident: Incident, deed: Deed | null): Incident =>
  deed === null || incident.acknowledged !== null
    ? incident
    : { ...incident, acknowledged: deed, firstAcknowledged: incident.firstAcknowledged ?? deed };
