import { type Escalation, type FollowUp, type Incident, isOpen } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { type Decide, decided, deedOf, isReason, leastReason, refused } from '../decided.ts';
import { announced, inRoom } from '../places.ts';
import { clockOf, isGrave } from '../updating/clock-of.ts';
import { afterWorkingDays } from '../updating/working-time.ts';

type Resolve = Extract<IncidentDeed, { kind: 'resolve' }>;

/** In how many working days a review closes by itself that nobody has to write. */
const optionalDays = 5;
/** The least that is said of what fixed it. */
const leastFix = 3;

/**
 * It is over: nothing is due any more but the review. A grave one is resolved only after the watch has passed,
 * or with a reason why not.
 */
export const resolve: Decide<Resolve> = (incident, deed, circumstances) => {
  const { id, state, resolution } = incident;
  if (state === 'resolved' || state === 'closed') {
    const { by = null, at = null } = resolution ?? {};
    return refused({ kind: 'already', what: 'resolved', by, at });
  }
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  if (state === 'triage') return refused({ kind: 'not-from-here', from: state, to: 'resolved' });
  const wrong = missing(incident, deed) ?? wrongTimes(incident, deed, circumstances.now);
  if (wrong) return refused(wrong);
  const after = resolved(incident, deed, deedOf(circumstances));
  const { fix, cause, causeText, customerText, withoutWatch } = deed.resolution;
  const facts = {
    ...{ fix, cause, causeText, customerText, withoutWatch },
    ...{ started: after.times.started, ended: after.times.ended },
    ...{ took: circumstances.now - after.times.declared, reviewDue: after.review?.due ?? null },
    ...{ reviewOwner: after.review?.owner ?? null, followUps: after.followUps.length },
  };
  const { stakeholders } = incident.rules.channels;
  const told = customerText !== null && stakeholders !== null && !incident.security;
  return decided(after, 'resolved', facts, [
    ...inRoom(after, 1),
    ...announced(after, 2),
    ...(told ? [{ kind: 'notice', to: stakeholders, urgency: 1 } as const] : []),
  ]);
};

function missing(incident: Incident, { resolution }: Resolve): IncidentRefusal | null {
  if (resolution.fix.trim().length < leastFix) {
    return { kind: 'needs-reason', what: 'resolve it', said: 'what fixed it', atLeast: leastFix };
  }
  const watched = incident.watch?.state === 'passed';
  if (watched || !isGrave(incident)) return null;
  if (resolution.withoutWatch === null) return { kind: 'needs-watch' };
  if (isReason(resolution.withoutWatch)) return null;
  return { kind: 'needs-reason', what: 'resolve it without the watch', atLeast: leastReason };
}

/** The key times that people say come in their order. */
function wrongTimes(
  { times }: Incident,
  { started, ended }: Resolve,
  now: number,
): IncidentRefusal | null {
  const wrong = (why: string): IncidentRefusal => ({ kind: 'wrong-times', why });
  const from = started ?? times.started;
  if (from !== null && from > now) return wrong('The impact cannot begin in the future.');
  if (ended !== null && ended > now) return wrong('The impact cannot end in the future.');
  if (from !== null && ended !== null && ended < from) {
    return wrong('The impact cannot end before it began.');
  }
  if (from !== null && times.detected !== null && from > times.detected) {
    return wrong('The impact cannot begin after it was noticed.');
  }
  return null;
}

function resolved(incident: Incident, deed: Resolve, by: { by: string; at: number }): Incident {
  const { times, updates, rules, followUps } = incident;
  const { reviewDays } = clockOf(incident);
  const due = afterWorkingDays(rules.working, by.at, reviewDays ?? optionalDays);
  return {
    ...incident,
    state: 'resolved',
    watch: null,
    handovers: [],
    escalations: unheard(incident, by.at),
    updates: { ...updates, next: null },
    resolution: {
      ...deed.resolution,
      withoutWatch: incident.watch?.state === 'passed' ? null : deed.resolution.withoutWatch,
      ...by,
    },
    followUps: [
      ...followUps,
      ...deed.followUps.map((one, k) => followUp(one, followUps.length + k)),
    ],
    review: {
      owner: incident.roles.commander?.by ?? by.by,
      due,
      chased: 0,
      checks: { timeline: false, impact: false, followUps: false },
      notes: incident.review?.notes ?? { summary: '', helped: '', hindered: '', lucky: '' },
      published: null,
      waived: null,
    },
    times: {
      ...times,
      started: deed.started ?? times.started,
      mitigated: times.mitigated ?? by.at,
      ended: deed.ended ?? times.ended,
      resolved: by.at,
    },
  };
}

/** Whoever was called and has not answered until it was over is not waited for any more. */
export const unheard = ({ escalations }: Incident, at: number): Escalation[] =>
  escalations.map((one) =>
    one.answer === null ? { ...one, answer: { kind: 'silent', by: 'gatehouse', at } } : one,
  );

/** A follow-up by its place in the list, from which it is never taken away. */
export const followUp = (
  { text, owner, due }: Pick<FollowUp, 'text' | 'owner' | 'due'>,
  index: number,
): FollowUp => ({ id: `F${index + 1}`, text, owner, due, done: null, chased: 0 });
