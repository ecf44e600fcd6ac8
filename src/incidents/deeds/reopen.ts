import { callAtOnce } from '../calling/call.ts';
import { reopenedLadder } from '../calling/reopened-ladder.ts';
import { type Decide, decided, isReason, leastReason, refused } from '../decided.ts';
import { announced, inRoom } from '../places.ts';
import { repaced } from '../updating/repaced.ts';

/** It is not over after all: everything begins anew, and somebody has to look after it. */
export const reopen: Decide<{ kind: 'reopen'; reason: string }> = (
  incident,
  { reason },
  circumstances,
) => {
  const { state, times, moved, id } = incident;
  if (state === 'closed' || state === 'cancelled') return refused({ kind: 'over', id, state });
  if (state !== 'resolved')
    return refused({ kind: 'already', what: 'open', by: moved.by, at: moved.at });
  if (!isReason(reason)) {
    return refused({ kind: 'needs-reason', what: 'open it again', atLeast: leastReason });
  }
  const { now } = circumstances;
  const anew = { from: now, done: 0 };
  const { setup } = incident.counted;
  const open = {
    ...incident,
    state: 'investigating' as const,
    resolution: null,
    watch: null,
    counted: { unresolved: anew, 'role-unclaimed': anew, ...(setup && { setup }) },
    updates: { ...incident.updates, next: null, unchanged: 0, snoozed: false },
    times: { ...times, mitigated: null, ended: null, resolved: null },
  };
  const fresh = repaced(reopenedLadder(open, now), now);
  const { after, calls, messages } = callAtOnce(fresh, 'it was opened again', circumstances);
  const told = [...inRoom(after, 0), ...announced(after, 1), ...messages];
  return decided(after, 'reopened', { reason, calls }, told);
};
