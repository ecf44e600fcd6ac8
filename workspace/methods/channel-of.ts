import { app } from '../people.ts';
import { appIsIn } from '../slack/app-is-in.ts';
import { findChannel } from '../slack/channels.ts';
import { findMessage } from '../slack/messages.ts';
import type { StoredChannel, StoredMember, StoredMessage } from '../state/world.ts';
import { required } from './arguments.ts';
import { ApiError, type Call } from './method.ts';

/** The channel of a call, as far as the app may know of it. Throws `channel_not_found`. */
export function channelOf({ args, workspace }: Call, name = 'channel'): StoredChannel {
  const channel = findChannel(workspace, required(args, name));
  if (channel && (channel.kind === 'channel' || appIsIn(channel))) return channel;
  throw new ApiError('channel_not_found');
}

/** The same, when the app is in it and it is open. Throws `not_in_channel` and `is_archived`. */
export function ownChannelOf(call: Call, name = 'channel'): StoredChannel {
  const channel = channelOf(call, name);
  if (channel.archived) throw new ApiError('is_archived');
  if (!appIsIn(channel)) throw new ApiError('not_in_channel');
  return channel;
}

/** A message that is not only somebody's. Throws `message_not_found`. */
export function messageOf({ workspace }: Call, channel: StoredChannel, ts: string): StoredMessage {
  const message = findMessage(workspace, channel.id, ts);
  if (message && message.onlyFor === null) return message;
  throw new ApiError('message_not_found');
}

/** Somebody by id. Throws `user_not_found`. */
export function userOf({ workspace }: Call, id: string): StoredMember {
  const user = workspace.world.members.find((member) => member.id === id);
  if (user) return user;
  throw new ApiError('user_not_found');
}

/** Whether the app wrote the message. */
export const isOwn = (message: StoredMessage): boolean => message.user === app.botUser;
