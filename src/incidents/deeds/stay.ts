import { isOpen } from '../../core/incident.ts';
import { type Decide, decided, refused } from '../decided.ts';

/** A sign of life of whoever acknowledged: they are not asked again for a while. */
export const stay: Decide<{ kind: 'stay' }> = (incident, _deed, { now }) => {
  const { acknowledged, id, state, counted } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  if (!acknowledged) return refused({ kind: 'not-now', why: 'Nobody has acknowledged it.' });
  const after = { ...incident, counted: { ...counted, 'still-on-it': { from: now, done: 0 } } };
  return decided(after, 'still-on-it', { acknowledged: acknowledged.by }, []);
};
