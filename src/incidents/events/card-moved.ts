import { isOpen } from '../../core/incident.ts';
import { type Decide, decided, refused } from '../decided.ts';

/** Somebody has deleted the card, and another one stands in the channel: that one is to be pinned. */
export const cardMoved: Decide<{ kind: 'card-moved'; ts: string }> = (incident, { ts }) => {
  const { channel, setup, state, id } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  if (channel === null || channel.lost !== null) {
    return refused({ kind: 'not-now', why: 'It has no channel.' });
  }
  if (setup.pin.kind === 'open' || channel.pinned === ts) {
    return refused({ kind: 'already', what: 'pinned', by: null, at: null });
  }
  const after = {
    ...incident,
    setup: { ...setup, pin: { kind: 'open', tries: 0, why: null } },
  } as const;
  return decided(after, 'card-moved', { was: channel.pinned ?? null, ts }, []);
};
