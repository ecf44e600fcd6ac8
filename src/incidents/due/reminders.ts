import type { Incident } from '../../core/incident.ts';
import { mostOverdue } from '../../core/silence.ts';
import { overdueBy } from '../deadlines/updates.ts';
import { decided, refused } from '../decided.ts';
import type { Reach } from '../decision.ts';
import { inRoom, toPeople } from '../places.ts';
import { isGrave } from '../updating/clock-of.ts';
import type { WhenDue } from './due.ts';

/** Whoever speaks for an incident, or leads it where nobody does. */
const speaker = ({ roles }: Incident): string[] => {
  const who = roles.communications?.by ?? roles.commander?.by;
  return who === undefined ? [] : [who];
};

/** Reminds whoever speaks for it that an update is due soon. */
export const dueReminder: WhenDue = (incident, _due, { now }) => {
  const { next } = incident.updates;
  if (next === null || next <= now) return refused(updateFirst);
  const counted = { ...incident.counted, reminder: { from: next, done: 1 } };
  const people = speaker(incident);
  return decided({ ...incident, counted }, 'reminded', { due: next, people }, toPeople(people, 1));
};

const updateFirst = { kind: 'not-now', why: 'The update itself is due, and goes first.' } as const;

/** Whom a step of the overdue ladder calls. */
export interface Reminded {
  people: string[];
  /** The names of the configuration that it was. */
  contacts: string[];
}

/**
 * Who hears of the step: first who leads; then who speaks and the second on call; then a manager. Nobody
 * beyond the incident is called because of one that is not grave.
 */
export function remindedAt(incident: Incident, step: number, reach: Reach): Reminded {
  const leader = incident.roles.commander?.by;
  const own = [...(leader === undefined ? [] : [leader]), ...(step > 0 ? speaker(incident) : [])];
  const names = step === 0 || !isGrave(incident) ? [] : step === 1 ? ['secondary'] : ['manager'];
  const contacts = names.filter((name) => incident.rules.contacts.some((one) => one.name === name));
  const called = contacts.flatMap((name) => reach[name]?.people ?? []);
  return { people: [...new Set([...own, ...called])], contacts };
}

/**
 * Says that no person has said anything since an update was promised: the furthest step that was reached, once.
 * After the last it says that there are no more.
 */
export const dueOverdue: WhenDue = (incident, { deadline, absence }, { now, reach }) => {
  const { next, last, lastByPerson } = incident.updates;
  if (next !== null && next <= now) return refused(updateFirst);
  const reached = Math.max(overdueBy(incident, now), deadline.step + 1);
  const promised = incident.counted.overdue?.from ?? now;
  const counted = { ...incident.counted, overdue: { from: promised, done: reached } };
  const after = { ...incident, counted };
  const ends = reached > mostOverdue;
  const { people, contacts } = remindedAt(incident, reached - 1, reach);
  const facts = {
    ...{ step: reached - 1, promised, late: now - promised, last, lastByPerson },
    ...{ people, contacts, ends, skipped: reached - 1 - deadline.step },
    ...(absence && { absence: { ...absence } }),
  };
  return decided(after, 'update-overdue', facts, [...inRoom(after, 1), ...toPeople(people, 1)]);
};
