import { type Incident, isOpen } from '../../../src/core/incident.ts';
import type { Rung } from '../../../src/core/incident-rules.ts';
import { type Law, minute } from './line.ts';

/** The rungs of a ladder by the rules, without the repeats of the last one. */
export function rungsOf(incident: Incident, ladder: 'acknowledge' | 'unresolved'): Rung[] {
  const { rules, security, severity } = incident;
  const which = ladder === 'acknowledge' ? 'unacknowledged' : 'unresolved';
  const own = rules.clock[security && which === 'unacknowledged' ? 1 : severity][which];
  const all = security ? [...rules.security[which], ...own] : [...own];
  return all.toSorted((a, b) => a.after - b.after);
}

/** A rung is called in its time, once, and the highest that was reached. */
export const rungsAreClimbed: Law = ({ before, after, event, facts, at }, must) => {
  if (event !== 'incident.escalated' || !facts.automatic) return;
  const ladder = facts.ladder as 'acknowledge' | 'unresolved';
  must(isOpen(before.state), 'called somebody after the end');
  if (ladder === 'acknowledge') must(before.acknowledged === null, 'called for what somebody has');
  const { from, done } = before.counted[ladder] ?? { from: before.times.declared, done: 0 };
  const rungs = rungsOf(before, ladder);
  must((after.counted[ladder]?.done ?? 0) > done, 'a ladder does not go on');
  const rung = rungs[facts.rung];
  if (!rung) return;
  must(facts.rung >= done, 'called the same rung twice');
  must(from + rung.after <= at, 'called before its time');
  const higher = rungs[facts.rung + 1];
  must(higher === undefined || from + higher.after > at, 'called a lower rung than was reached');
};

const restarts = ['severity-set', 'security-set', 'unacknowledged', 'acknowledgement-expired']
  .concat('reopened', 'person-left')
  .map((what) => `incident.${what}`);

/** A ladder counts anew only because of what begins it anew. */
export const laddersKeepTheirTime: Law = ({ before, after, event, facts, at }, must) => {
  for (const ladder of ['acknowledge', 'unresolved'] as const) {
    const [old, now] = [before.counted[ladder], after.counted[ladder]];
    const from = old?.from ?? before.times.declared;
    if (now === undefined || now.from === from) continue;
    must(restarts.includes(event) && now.from === at, `${event} puts a ladder off`);
  }
  const others = ['incident.unacknowledged', 'incident.acknowledgement-expired'];
  const isTheirs = isOpen(before.state) && before.acknowledged?.by === facts.who;
  const isLeft = event === 'incident.person-left' && isTheirs;
  if (others.includes(event) || isLeft) {
    must(after.counted.acknowledge?.from === at, 'nobody is called again for what nobody has');
    must(after.counted.acknowledge?.done === 0, 'the ladder does not begin anew');
  }
};

/** Whoever is called hears of it; where nobody is there, that is said aloud. */
export const callsAreHeard: Law = ({ after, facts, messages }, must) => {
  const calls = (facts.calls ?? []) as { people: string[] }[];
  for (const person of calls.flatMap(({ people }) => people)) {
    const told = messages.find(({ to }) => to === `user:${person}`);
    must(told?.urgency === 0, `${person} was called and did not hear of it`);
  }
  const last = calls.at(-1);
  if (!last || last.people.length > 0 || after.security) return;
  must(
    messages.some(({ to }) => to === after.rules.channels.announce),
    'nobody could be called, and nobody heard of that',
  );
};

/** Nothing of a matter of security stands where everybody reads. */
export const securityIsKept: Law = ({ before, after, messages }, must) => {
  if (!after.security || !before.security) return;
  const { announce, stakeholders } = after.rules.channels;
  const told = messages.some(({ to }) => to === announce || to === stakeholders);
  must(!told, 'everybody hears of a matter of security');
};

/** What is over waits for nothing but what is to be done afterwards. */
export const endsWaitForNothing: Law = ({ after }, must) => {
  const may = { closed: ['follow-up'], cancelled: [], resolved: ['review', 'follow-up'] };
  if (isOpen(after.state)) return;
  // What everybody could read is taken away, whether or not it is over.
  const allowed: readonly string[] = ['traces', ...may[after.state as keyof typeof may]];
  const left = after.deadlines.find(({ kind }) => !allowed.includes(kind));
  must(left === undefined, `${left?.kind} is due after the end`);
};

/** An offer stands for ten minutes, an unanswered call for five, give or take who looks. */
export const patience = { offer: 10 * minute, call: 5 * minute };
