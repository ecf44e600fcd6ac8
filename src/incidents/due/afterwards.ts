import type { FollowUp } from '../../core/incident.ts';
import { chasedAt, chases } from '../deadlines/afterwards.ts';
import { decided, refused } from '../decided.ts';
import type { Reach } from '../decision.ts';
import { closed } from '../deeds/review.ts';
import { inRoom, toPeople } from '../places.ts';
import { clockOf } from '../updating/clock-of.ts';
import type { WhenDue } from './due.ts';

/** The owner is asked a few times, and then a manager once. */
const chasedNow = (owner: string | null, chased: number, reach: Reach): string[] => {
  if (chased >= chases) return [...(reach.manager?.people ?? [])];
  return owner === null ? [] : [owner];
};

/** Asks for the review; where it is optional and nobody wrote one, the incident is closed without. */
export const dueReview: WhenDue = (incident, _due, { now, reach }) => {
  const { review } = incident;
  if (!review) return refused({ kind: 'not-now', why: 'There is no review to ask for.' });
  if (clockOf(incident).reviewDays === null) {
    const waived = { by: 'gatehouse', at: now, reason: 'A review was optional.' };
    const after = closed({ ...incident, review: { ...review, waived } }, now);
    return decided(after, 'review-waived', { reason: waived.reason, automatic: true }, []);
  }
  const chased = review.chased + 1;
  const after = { ...incident, review: { ...review, chased } };
  const people = chasedNow(review.owner, review.chased, reach);
  const facts = { time: chased, due: review.due, people, manager: review.chased >= chases };
  return decided(after, 'review-due', facts, [...inRoom(after, 2), ...toPeople(people, 2)]);
};

/** Asks for what was to be done by now. */
export const dueFollowUp: WhenDue = (incident, _due, { now, reach }) => {
  const isDue = (one: FollowUp): boolean => (chasedAt(one) ?? now + 1) <= now;
  const due = incident.followUps.filter(isDue);
  const followUps = incident.followUps.map((one) =>
    isDue(one) ? { ...one, chased: one.chased + 1 } : one,
  );
  const after = { ...incident, followUps };
  const people = due.flatMap(({ owner, chased }) => chasedNow(owner, chased, reach));
  const told = people.length > 0 ? toPeople(people, 2) : inRoom(after, 2);
  const asked = due.map(({ id, text, owner, due: by }) => ({ id, text, owner, due: by }));
  return decided(after, 'follow-up-due', { followUps: asked, people }, told);
};
