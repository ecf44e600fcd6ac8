import { app } from '../people.ts';
import { channelShape } from '../shapes/channel.ts';
import { appIsIn } from '../slack/app-is-in.ts';
import { describe, rename } from '../slack/change-channel.ts';
import { archive, openChannel, unarchive } from '../slack/channels.ts';
import { newChannel } from '../state/first-world.ts';
import type { StoredChannel } from '../state/world.ts';
import { flag, listOf, textOf } from './arguments.ts';
import { channelName } from './channel-name.ts';
import { channelOf, ownChannelOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';
import { pageOf } from './page-of.ts';

/** Channels themselves: making, naming, describing, closing. */
export const conversations: Methods = {
  'conversations.create': ({ args, workspace }) => {
    const name = channelName(workspace.world, textOf(args, 'name'));
    const channel = newChannel({
      id: workspace.ids.id('C'),
      name,
      kind: flag(args, 'is_private') ? 'private' : 'channel',
      creator: app.botUser,
      members: [app.botUser],
      now: Math.floor(workspace.chance.now() / 1000),
      purpose: '',
    });
    openChannel(workspace, channel);
    return { channel: channelShape(channel) };
  },

  'conversations.setTopic': (call) => described(call, 'topic'),
  'conversations.setPurpose': (call) => described(call, 'purpose'),

  'conversations.rename': (call) => {
    const channel = changeable(ownChannelOf(call));
    rename(call.workspace, channel, channelName(call.workspace.world, textOf(call.args, 'name')));
    return { channel: channelShape(channel) };
  },

  'conversations.archive': (call) => {
    const channel = changeable(channelOf(call));
    if (channel.archived) throw new ApiError('already_archived');
    if (channel.name === 'general') throw new ApiError('cant_archive_general');
    if (!appIsIn(channel)) throw new ApiError('not_in_channel');
    archive(call.workspace, channel, app.botUser);
    return {};
  },

  'conversations.unarchive': (call) => {
    const channel = changeable(channelOf(call));
    if (!channel.archived) throw new ApiError('not_archived');
    unarchive(call.workspace, channel, app.botUser);
    return {};
  },

  'conversations.info': (call) => {
    const channel = channelOf(call);
    const count = flag(call.args, 'include_num_members');
    const extra = count ? { num_members: channel.members.length } : {};
    return { channel: { ...channelShape(channel), ...extra } };
  },

  'conversations.list': (call) => {
    const { items, response_metadata } = pageOf(listed(call), call.args);
    const count = (channel: StoredChannel) =>
      channel.kind === 'im' ? {} : { num_members: channel.members.length };
    const channels = items.map((channel) => ({ ...channelShape(channel), ...count(channel) }));
    return { channels, response_metadata };
  },

  'users.conversations': (call) => {
    const user = textOf(call.args, 'user') || app.botUser;
    const theirs = listed(call).filter(({ members }) => members.includes(user));
    const { items, response_metadata } = pageOf(theirs, call.args);
    return { channels: items.map(channelShape), response_metadata };
  },
};

function described(call: Call, what: 'topic' | 'purpose') {
  const channel = changeable(ownChannelOf(call));
  const text = textOf(call.args, what);
  if (text.length > 250) throw new ApiError('too_long');
  describe(call.workspace, channel, what, text);
  return { channel: channelShape(channel) };
}

function changeable(channel: StoredChannel): StoredChannel {
  if (channel.kind !== 'im') return channel;
  throw new ApiError('method_not_supported_for_channel_type');
}

const typeNames = { channel: 'public_channel', private: 'private_channel', im: 'im' } as const;

function listed({ args, workspace }: Call): StoredChannel[] {
  const types = listOf(args, 'types');
  const wanted = types.length > 0 ? types : ['public_channel'];
  if (wanted.some((type) => !/^(public_channel|private_channel|mpim|im)$/.test(type))) {
    throw new ApiError('invalid_types');
  }
  const withoutClosed = flag(args, 'exclude_archived');
  return workspace.world.channels.filter(
    (channel) =>
      wanted.includes(typeNames[channel.kind]) &&
      (channel.kind === 'channel' || appIsIn(channel)) &&
      !(withoutClosed && channel.archived),
  );
}
