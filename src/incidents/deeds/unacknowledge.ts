import { isOpen } from '../../core/incident.ts';
import { reopenedLadder } from '../calling/reopened-ladder.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { inRoom } from '../places.ts';

/** Whoever looked after it does not any more: the ladder begins anew. */
export const unacknowledge: Decide<{ kind: 'unacknowledge' }> = (incident, _deed, { now }) => {
  const { acknowledged, id, state } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  if (!acknowledged) {
    return refused({ kind: 'already', what: 'not acknowledged', by: null, at: null });
  }
  const after = reopenedLadder({ ...incident, acknowledged: null }, now);
  return decided(after, 'unacknowledged', { by: acknowledged.by }, inRoom(after, 0));
};
