import { isOpen } from '../../core/incident.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { setupOf } from '../declare.ts';
import { inRoom, toPeople } from '../places.ts';
import { leaving } from '../wanted-traces.ts';

/** Nothing can be written in the channel any more: whoever leads hears of it elsewhere, at once. */
export const roomLost: Decide<{ kind: 'room-lost'; why: string }> = (incident, { why }) => {
  const { channel, roles, declaredBy } = incident;
  if (channel === null) return refused({ kind: 'not-now', why: 'There is no channel yet.' });
  if (channel.lost !== null) {
    return refused({ kind: 'already', what: 'lost', by: null, at: null });
  }
  const setup = Object.fromEntries(
    Object.entries(incident.setup).map(([step, state]) => [
      step,
      state.kind === 'open' && step !== 'announce' ? { kind: 'failed', why } : state,
    ]),
  ) as typeof incident.setup;
  const after = { ...incident, channel: { ...channel, lost: why }, setup };
  const leader = roles.commander?.by ?? declaredBy.id;
  const told = isOpen(incident.state) ? [...inRoom(after, 0), ...toPeople([leader], 0)] : [];
  return decided(after, 'room-lost', { why, lost: channel.id }, told);
};

/**
 * The lost channel can be written into again, and no other one was made: it goes on there, and whoever read
 * elsewhere meanwhile hears that. What of the channel was given up because it was lost is done after all.
 */
export const roomBack: Decide<{ kind: 'room-back' }> = (incident, _event, { now }) => {
  const { channel, state, security } = incident;
  if (channel === null || channel.lost === null) {
    return refused({ kind: 'not-now', why: 'No channel of it is lost.' });
  }
  if (security && !channel.private) {
    return refused({ kind: 'not-now', why: 'What is about security needs a private channel.' });
  }
  const { lost } = channel;
  const setup = Object.fromEntries(
    Object.entries(incident.setup).map(([step, is]) => [
      step,
      is.kind === 'failed' && is.why === lost ? { kind: 'open', tries: 0, why: null } : is,
    ]),
  ) as typeof incident.setup;
  const counted = { ...incident.counted, setup: { from: now, done: 0 } };
  const after = { ...incident, channel: { ...channel, lost: null }, setup, counted };
  const told = isOpen(state) ? [...inRoom(after, 0), ...inRoom(incident, 0)] : [];
  return decided(after, 'room-back', { was: lost, back: channel.id }, told);
};

/** A new channel is to be made in place of the lost one, by the same steps; anybody may ask for that. */
export const roomRecreated: Decide<{ kind: 'room-recreated' } | { kind: 'recreate-room' }> = (
  incident,
  _event,
  { now },
) => {
  const { channel, setup, state, id } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  const lost = channel === null ? setup.channel.kind === 'failed' : channel.lost !== null;
  if (!lost) return refused({ kind: 'already', what: 'there', by: null, at: null });
  const counted = { ...incident.counted, setup: { from: now, done: 0 } };
  const anew = { ...setupOf(false, now), announce: setup.announce };
  const without = { ...incident, channel: null, setup: anew, counted };
  const after = channel === null || channel.private ? without : leaving(without, channel.id);
  return decided(after, 'room-recreated', { was: channel?.id ?? null }, []);
};
