import { type Deadline, type FollowUp, type Incident, setupSteps } from '../../core/incident.ts';
import { isPossible } from '../channel/possible-step.ts';

const week = 7 * 86_400_000;

/** How often whoever owns something is asked; the time after that a manager is, and then nobody any more. */
export const chases = 3;

/** When the watch ends. */
export const watchDeadline = ({ state, watch }: Incident): Deadline | null =>
  state === 'monitoring' && watch?.state === 'running'
    ? { kind: 'watch', at: watch.until, step: 0 }
    : null;

/** When somebody is asked for the review; where it is optional, when the incident closes by itself. */
export function reviewDeadline({ state, review }: Incident): Deadline | null {
  if (state !== 'resolved' || review === null || review.due === null) return null;
  const { due, chased } = review;
  return chased > chases ? null : { kind: 'review', at: due + chased * week, step: chased };
}

/** What is to be done and when somebody is asked for it next; null when nobody is any more. */
export const chasedAt = ({ due, done, chased }: FollowUp): number | null =>
  due === null || done !== null || chased > chases ? null : due + chased * week;

/** When somebody is asked for what was to be done afterwards; also once the incident is closed. */
export function followUpDeadline({ state, followUps }: Incident): Deadline | null {
  if (state === 'cancelled') return null;
  const all = followUps.flatMap((one) => chasedAt(one) ?? []);
  if (all.length === 0) return null;
  const at = Math.min(...all);
  const next = followUps.find((one) => chasedAt(one) === at);
  return { kind: 'follow-up', at, step: next?.chased ?? 0 };
}

/**
 * When the next step of making the channel is tried, of those that can be done: each at its own time, so that
 * one that Slack does not take yet holds up no other. Without a time, `counted.setup` says from when on.
 */
export function setupDeadline(incident: Incident): Deadline | null {
  const { setup, counted, times } = incident;
  const { from } = counted.setup ?? { from: times.declared };
  const open = setupSteps.flatMap((step) => {
    const state = setup[step];
    if (state.kind !== 'open' || state.rests || !isPossible(incident, step)) return [];
    return [{ at: state.at ?? from, tries: state.tries }];
  });
  const [first] = open.toSorted((a, b) => a.at - b.at);
  return first ? { kind: 'setup', at: first.at, step: first.tries } : null;
}
