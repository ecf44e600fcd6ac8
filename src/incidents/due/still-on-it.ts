import { reopenedLadder } from '../calling/reopened-ladder.ts';
import { isAsked } from '../deadlines/people.ts';
import { decided } from '../decided.ts';
import { firstContact } from '../declare.ts';
import { announced, inRoom, toPeople } from '../places.ts';
import type { WhenDue } from './due.ts';

/** Asks whoever acknowledged whether they are still on it; without an answer, nobody is. */
export const dueStillOnIt: WhenDue = (incident, _due, { now, reach }) => {
  const who = incident.acknowledged?.by;
  const people = who === undefined ? [] : [who];
  if (!isAsked(incident)) {
    const counted = { ...incident.counted, 'still-on-it': { from: now, done: 1 } };
    const after = { ...incident, counted };
    const facts = { who: who ?? null, since: incident.lastActivity };
    return decided(after, 'still-on-it-asked', facts, [
      ...toPeople(people, 0),
      ...inRoom(after, 1),
    ]);
  }
  const { 'still-on-it': _asked, ...counted } = incident.counted;
  const after = reopenedLadder({ ...incident, counted }, now);
  const { people: oncall, why } = reach[firstContact] ?? nobodyKnown;
  const facts = {
    who: who ?? null,
    calls: [{ contact: firstContact, people: [...oncall], why: oncall.length > 0 ? null : why }],
  };
  const nobody = oncall.length > 0 ? [] : announced(after, 0);
  const told = [...inRoom(after, 0), ...toPeople([...people, ...oncall], 0), ...nobody];
  return decided(after, 'acknowledgement-expired', facts, told);
};

const nobodyKnown = { people: [], why: 'nobody knows who that is' };
