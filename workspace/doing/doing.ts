import type { Acknowledgement } from '../delivery/delivery.ts';
import type { Outcome } from '../protocol.ts';
import type { StoredChannel, StoredMember } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** Something that a member cannot do; `message` is the error name that the control call answers. */
export class CannotDo extends Error {}

/** Somebody by id. */
export function memberOf({ world }: Workspace, id: string): StoredMember {
  const member = world.members.find((other) => other.id === id);
  if (member) return member;
  throw new CannotDo('user_not_found');
}

/** A channel that the member is in. */
export function channelFor({ world }: Workspace, user: string, id: string): StoredChannel {
  const channel = world.channels.find((other) => other.id === id);
  if (!channel) throw new CannotDo('channel_not_found');
  if (!channel.members.includes(user)) throw new CannotDo('not_in_channel');
  return channel;
}

/** It was done, and nobody had to answer. */
export const done: Outcome = { ok: true, error: null, ms: 0 };

/** Whether the app took it. */
export const outcomeOf = (ack: Acknowledgement): Outcome =>
  ack.ok ? { ok: true, error: null, ms: ack.ms } : { ok: false, error: ack.error, ms: ack.ms };
