import type { Incident } from '../../core/incident.ts';
import { isOpen } from '../../core/incident.ts';
import type { Severity } from '../../core/severity.ts';
import { callAtOnce } from '../calling/call.ts';
import { type Decide, decided, isReason, leastReason, refused } from '../decided.ts';
import { announced, inRoom } from '../places.ts';
import { clockOf } from '../updating/clock-of.ts';
import { settleMissed } from '../updating/missed.ts';
import { repaced } from '../updating/repaced.ts';

/** How bad it is now: with other promises from now on. Less bad only with a reason. */
export const setSeverity: Decide<{
  kind: 'set-severity';
  to: Severity;
  reason: string | null;
}> = (incident, { to, reason }, circumstances) => {
  const { id, state, severity, provisional } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  if (to === severity && !provisional) {
    return refused({ kind: 'already', what: `SEV${to}`, by: null, at: null });
  }
  if (to > severity && !isReason(reason)) {
    return refused({
      kind: 'needs-reason',
      what: 'lower the severity',
      atLeast: leastReason,
      flag: 'reason',
    });
  }
  const { now } = circumstances;
  const { after: settled, ...missed } =
    to === severity ? { after: incident, missed: 0, missedSlots: [] } : settleMissed(incident, now);
  const other = { ...settled, severity: to, provisional: false };
  const clocked = to < severity ? fromNow(other, now) : other;
  const { after, calls, messages } = callAtOnce(
    to === severity ? clocked : repaced(clocked, now),
    'the severity was raised',
    circumstances,
  );
  const facts = { was: severity, to, reason, confirmed: provisional, calls, ...missed };
  const told = to === severity ? inRoom(after, 2) : [...inRoom(after, 1), ...announced(after, 2)];
  return decided(after, 'severity-set', facts, [...told, ...messages]);
};

/** Its ladders count from the moment at which it was known to be so bad. */
const fromNow = (incident: Incident, now: number): Incident => ({
  ...incident,
  counted: {
    ...incident.counted,
    acknowledge: { from: now, done: 0 },
    ...(clockOf(incident).unresolved.length > 0 && { unresolved: { from: now, done: 0 } }),
  },
});
