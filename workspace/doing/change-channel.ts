import type { Control, Outcome } from '../protocol.ts';
import { rename as giveName } from '../slack/change-channel.ts';
import * as channels from '../slack/channels.ts';
import type { StoredChannel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, channelFor, done, memberOf } from './doing.ts';

/** Lets somebody, or the app, into a channel. */
export function invite(
  workspace: Workspace,
  { as, channel: id, user }: Control['invite']['body'],
): Outcome {
  const channel = room(channelFor(workspace, as, id));
  const guest = memberOf(workspace, user);
  if (channel.members.includes(guest.id)) throw new CannotDo('already_in_channel');
  channels.addMember(workspace, channel, guest.id, as);
  return done;
}

/** Takes somebody, or the app, out of a channel. */
export function kick(
  workspace: Workspace,
  { as, channel: id, user }: Control['kick']['body'],
): Outcome {
  const channel = room(channelFor(workspace, as, id));
  if (!channel.members.includes(user)) throw new CannotDo('not_in_channel');
  channels.removeMember(workspace, channel, user, memberOf(workspace, as).id);
  return done;
}

/** Goes into a public channel by oneself. */
export function join(workspace: Workspace, { as, channel: id }: Control['join']['body']): Outcome {
  const user = memberOf(workspace, as);
  const channel = workspace.world.channels.find((other) => other.id === id);
  if (channel?.kind !== 'channel') throw new CannotDo('channel_not_found');
  if (channel.archived) throw new CannotDo('is_archived');
  if (!channel.members.includes(user.id)) channels.addMember(workspace, channel, user.id, null);
  return done;
}

/** Closes a channel. */
export function archive(
  workspace: Workspace,
  { as, channel: id }: Control['archive']['body'],
): Outcome {
  const channel = closable(channelFor(workspace, as, id));
  if (channel.archived) throw new CannotDo('already_archived');
  channels.archive(workspace, channel, memberOf(workspace, as).id);
  return done;
}

/** Opens it again. */
export function unarchive(
  workspace: Workspace,
  { as, channel: id }: Control['unarchive']['body'],
): Outcome {
  const channel = channelFor(workspace, as, id);
  if (!channel.archived) throw new CannotDo('not_archived');
  channels.unarchive(workspace, channel, memberOf(workspace, as).id);
  return done;
}

/** Gives a channel another name. */
export function rename(
  workspace: Workspace,
  { as, channel: id, name }: Control['rename']['body'],
): Outcome {
  const channel = room(channelFor(workspace, as, id));
  const taken = workspace.world.channels.some((other) => other.name === name);
  if (taken || !/^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u.test(name)) throw new CannotDo('invalid_name');
  giveName(workspace, channel, name, memberOf(workspace, as).id);
  return done;
}

/** Takes a channel away for good, as administrators can. */
export function deleteChannel(
  workspace: Workspace,
  { as, channel: id }: Control['deleteChannel']['body'],
): Outcome {
  const channel = closable(channelFor(workspace, as, id));
  channels.removeChannel(workspace, channel, memberOf(workspace, as).id);
  return done;
}

function room(channel: StoredChannel): StoredChannel {
  if (channel.kind !== 'im') return channel;
  throw new CannotDo('method_not_supported_for_channel_type');
}

function closable(channel: StoredChannel): StoredChannel {
  if (channel.kind === 'im' || channel.name === 'general') throw new CannotDo('cant_archive');
  return channel;
}
