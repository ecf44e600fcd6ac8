import type { Incident } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import { type Decide, decided, deedOf, refused } from '../decided.ts';
import { announced, inRoom } from '../places.ts';
import { unheard } from './resolve.ts';

/** It was none, or it is part of another one: only as long as nothing was found. */
export const cancel: Decide<Extract<IncidentDeed, { kind: 'cancel' }>> = (
  incident,
  { reason, of },
  circumstances,
) => {
  const { id, state, cancelled } = incident;
  if (cancelled) return refused({ kind: 'already', what: 'cancelled', ...deedIn(cancelled) });
  if (state !== 'triage' && state !== 'investigating') {
    return refused({ kind: 'not-from-here', from: state, to: 'cancelled' });
  }
  if (reason !== 'false-alarm' && (of === null || !/^INC-[1-9]\d*$/.test(of))) {
    return refused({
      kind: 'needs-reason',
      what: 'cancel it for another incident',
      said: 'which one, such as INC-41,',
      atLeast: 1,
      flag: 'of',
    });
  }
  if (of === id) return refused({ kind: 'not-now', why: `${id} cannot be part of itself.` });
  const deed = deedOf(circumstances);
  const after: Incident = {
    ...incident,
    state: 'cancelled',
    handovers: [],
    escalations: unheard(incident, deed.at),
    updates: { ...incident.updates, next: null },
    cancelled: { ...deed, reason, of },
  };
  return decided(after, 'cancelled', { reason, of }, [...inRoom(after, 1), ...announced(after, 2)]);
};

const deedIn = ({ by, at }: { by: string; at: number }) => ({ by, at });
