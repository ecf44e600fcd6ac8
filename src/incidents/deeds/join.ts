import { isOpen } from '../../core/incident.ts';
import { type Decide, decided, deedOf, refused } from '../decided.ts';

/** The same again within this many milliseconds is the same. */
const soon = 60_000;

/**
 * Lets somebody into the channel: they are invited as everybody is who belongs there, also when they had left it, and
 * as soon as it is there.
 */
export const join: Decide<{ kind: 'join' }> = (incident, _deed, circumstances) => {
  const { id, state, channel, setup, joined } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  const { by, at } = deedOf(circumstances);
  const before = joined?.[by];
  if (before !== undefined && at - before < soon) {
    return refused({ kind: 'already', what: 'invited', by: null, at: before });
  }
  const none = channel === null ? setup.channel.kind === 'failed' : channel.lost !== null;
  if (none) return refused({ kind: 'not-now', why: `${id} has no channel that anybody can join.` });
  const { [by]: _tried, ...invited } = channel?.invited ?? {};
  const after = {
    ...incident,
    joined: { ...joined, [by]: at },
    ...(channel && { channel: { ...channel, invited } }),
  };
  return decided(after, 'joined', { who: by }, []);
};
