import type { FollowUp, Incident, Review } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import { type Decide, decided, deedOf, isReason, leastReason, refused } from '../decided.ts';
import { inRoom } from '../places.ts';
import { followUp } from './resolve.ts';

type Of<Kind extends IncidentDeed['kind']> = Extract<IncidentDeed, { kind: Kind }>;

const notResolved = 'It is not resolved, so there is nothing to review yet.';

/** Something that is to be done afterwards; the same twice is one. */
export const addFollowUp: Decide<Of<'add-follow-up'>> = (incident, deed) => {
  const { state, id, followUps } = incident;
  if (state === 'cancelled') return refused({ kind: 'over', id, state });
  const text = deed.followUp.text.trim();
  if (text === '')
    return refused({
      kind: 'needs-reason',
      what: 'add something',
      said: 'what is to be done',
      atLeast: 1,
    });
  if (followUps.some((one) => one.done === null && one.text === text)) {
    return refused({ kind: 'already', what: 'on the list', by: null, at: null });
  }
  const added = followUp({ ...deed.followUp, text }, followUps.length);
  const after = { ...incident, followUps: [...followUps, added] };
  const { owner, due } = added;
  return decided(after, 'follow-up-added', { id: added.id, text, owner, due }, inRoom(after, 2));
};

/** It was done. */
export const finishFollowUp: Decide<Of<'finish-follow-up'>> = (incident, { id }, circumstances) => {
  const found = incident.followUps.find((one) => one.id === id);
  if (!found) return refused({ kind: 'not-now', why: `There is no follow-up ${id}.` });
  if (found.done) return refused({ kind: 'already', what: 'done', ...found.done });
  const done = deedOf(circumstances);
  const followUps = incident.followUps.map((one) => (one.id === id ? { ...one, done } : one));
  const after = { ...incident, followUps };
  return decided(after, 'follow-up-done', { id, text: found.text }, inRoom(after, 2));
};

/** Notes for the review, and what was checked. */
export const writeReview: Decide<Of<'write-review'>> = (incident, { notes, checks }) => {
  const { review } = incident;
  if (!review) return refused({ kind: 'not-now', why: notResolved });
  const written: Review = {
    ...review,
    notes: { ...review.notes, ...notes },
    checks: { ...review.checks, ...checks },
  };
  const facts = { notes: Object.keys(notes), checks: { ...checks } };
  return decided({ ...incident, review: written }, 'review-written', facts, []);
};

/** Publishes the review, which closes the incident. */
export const publishReview: Decide<Of<'publish-review'>> = (incident, _deed, circumstances) => {
  const { review, followUps, state } = incident;
  if (review?.published)
    return refused({ kind: 'already', what: 'published', ...review.published });
  if (!review || state !== 'resolved') return refused({ kind: 'not-now', why: notResolved });
  const nobodys = followUps.filter(isNobodys).map(({ id }) => id);
  if (nobodys.length > 0) {
    const why = `Follow-ups need an owner and a date first: ${nobodys.join(', ')}.`;
    return refused({ kind: 'not-now', why });
  }
  const published = deedOf(circumstances);
  const after = closed({ ...incident, review: { ...review, published } }, published.at);
  return decided(after, 'review-published', { followUps: followUps.length }, inRoom(after, 1));
};

const isNobodys = ({ owner, due, done }: FollowUp): boolean =>
  done === null && (owner === null || due === null);

/** There will be no review, for a reason that is kept; the incident is closed. */
export const waiveReview: Decide<Of<'waive-review'>> = (incident, { reason }, circumstances) => {
  const { review, state } = incident;
  if (review?.waived) {
    const { by, at } = review.waived;
    return refused({ kind: 'already', what: 'waived', by, at });
  }
  if (!review || state !== 'resolved') return refused({ kind: 'not-now', why: notResolved });
  if (!isReason(reason)) {
    return refused({
      kind: 'needs-reason',
      what: 'do without a review',
      atLeast: leastReason,
      flag: 'waive',
    });
  }
  const waived = { ...deedOf(circumstances), reason };
  const after = closed({ ...incident, review: { ...review, waived } }, waived.at);
  return decided(after, 'review-waived', { reason }, inRoom(after, 1));
};

/** The incident at its end. */
export const closed = (incident: Incident, now: number): Incident => ({
  ...incident,
  state: 'closed',
  times: { ...incident.times, closed: now },
});
