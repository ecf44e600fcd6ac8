import { call } from '../calling/call.ts';
import { asked } from '../deadlines/people.ts';
import { decided } from '../decided.ts';
import { firstContact } from '../declare.ts';
import { inRoom, toPeople } from '../places.ts';
import { isGrave } from '../updating/clock-of.ts';
import type { WhenDue } from './due.ts';

/** Asks for the severity that nobody was sure of. */
export const dueSeverity: WhenDue = (incident, { deadline }, { now }) => {
  const done = deadline.step + 1;
  const counted = { ...incident.counted, 'confirm-severity': { from: now, done } };
  const after = { ...incident, counted };
  const leader = incident.roles.commander?.by;
  const told = [...inRoom(after, 1), ...toPeople(leader === undefined ? [] : [leader], 1)];
  return decided(after, 'severity-asked', { time: done, last: done >= asked.severity }, told);
};

/** Says that nobody leads, and calls whoever is on call; or that nobody speaks for it. */
export const dueRole: WhenDue = (incident, { deadline }, circumstances) => {
  const { now } = circumstances;
  const done = deadline.step + 1;
  const counted = { ...incident.counted, 'role-unclaimed': { from: now, done } };
  const after = { ...incident, counted };
  if (incident.roles.commander !== undefined) {
    const told = toPeople([incident.roles.commander.by], 1);
    return decided(after, 'role-unclaimed', { role: 'communications', time: done }, [
      ...inRoom(after, 1),
      ...told,
    ]);
  }
  const facts = { role: 'commander', time: done, last: done >= asked.leader };
  if (!isGrave(incident)) return decided(after, 'role-unclaimed', facts, inRoom(after, 1));
  const contact = done > 1 && knows(after, 'manager') ? 'manager' : firstContact;
  if (!knows(after, contact)) return decided(after, 'role-unclaimed', facts, inRoom(after, 0));
  const cause = { why: 'nobody leads it', cause: 'role-unclaimed' as const };
  const called = call(after, contact, cause, circumstances);
  return decided(
    called.after,
    'role-unclaimed',
    { ...facts, calls: called.calls },
    called.messages,
  );
};

const knows = ({ rules }: Parameters<WhenDue>[0], contact: string): boolean =>
  rules.contacts.some(({ name }) => name === contact);
