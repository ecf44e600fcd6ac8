import { isOpen } from '../../core/incident.ts';
import { type Decide, decided, deedOf, refused } from '../decided.ts';
import { inRoom } from '../places.ts';

/**
 * Somebody looks after it: nobody else is called for that. What is over stays over. Where nobody leads,
 * whoever acknowledges does.
 */
export const acknowledge: Decide<{ kind: 'acknowledge' }> = (incident, _deed, circumstances) => {
  const { acknowledged, firstAcknowledged, id, roles, state } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  if (acknowledged) return refused({ kind: 'already', what: 'acknowledged', ...acknowledged });
  const deed = deedOf(circumstances);
  const after = {
    ...incident,
    acknowledged: deed,
    firstAcknowledged: firstAcknowledged ?? deed,
    roles: roles.commander ? roles : { ...roles, commander: deed },
  };
  const facts = {
    took: deed.at - incident.times.declared,
    within: incident.rules.clock[incident.severity].acknowledge,
    leads: roles.commander === undefined,
  };
  return decided(after, 'acknowledged', facts, inRoom(after, 1));
};
