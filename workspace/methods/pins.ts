import { app } from '../people.ts';
import { messageShape } from '../shapes/message.ts';
import { showChannel } from '../slack/channels.ts';
import type { StoredChannel, StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { required } from './arguments.ts';
import { channelOf, messageOf, ownChannelOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';

/** A channel holds this many pins. */
const most = 100;

/** Messages pinned to a channel. */
export const pins: Methods = {
  'pins.add': (call) => {
    const { channel, message } = pinOf(call);
    if (channel.pins.includes(message.ts)) throw new ApiError('already_pinned');
    if (channel.pins.length >= most) throw new ApiError('too_many_pins');
    const at = Math.floor(call.workspace.chance.now() / 1000);
    channel.pins = [...channel.pins, message.ts];
    channel.pinnedBy[message.ts] = { user: app.botUser, at };
    showChannel(call.workspace, channel);
    tell(call.workspace, 'pin_added', channel, message);
    return {};
  },

  'pins.remove': (call) => {
    const { channel, message } = pinOf(call);
    if (!channel.pins.includes(message.ts)) throw new ApiError('no_pin');
    channel.pins = channel.pins.filter((ts) => ts !== message.ts);
    showChannel(call.workspace, channel);
    tell(call.workspace, 'pin_removed', channel, message);
    return {};
  },

  'pins.list': (call) => {
    const channel = channelOf(call);
    const items = call.workspace.world.messages
      .filter(({ channel: id, ts }) => id === channel.id && channel.pins.includes(ts))
      .map((message) => itemOf(call.workspace, channel, message));
    return { items };
  },
};

function pinOf(call: Call): { channel: StoredChannel; message: StoredMessage } {
  const channel = ownChannelOf(call);
  return { channel, message: messageOf(call, channel, required(call.args, 'timestamp')) };
}

function itemOf({ world, url }: Workspace, channel: StoredChannel, message: StoredMessage) {
  const by = channel.pinnedBy[message.ts];
  return {
    type: 'message',
    created: by?.at ?? 0,
    created_by: by?.user ?? '',
    channel: channel.id,
    message: {
      ...messageShape(message, { world, url: url() }),
      pinned_to: [channel.id],
      permalink: `${url()}/archives/${channel.id}/p${message.ts.replace('.', '')}`,
    },
  };
}

function tell(
  workspace: Workspace,
  type: 'pin_added' | 'pin_removed',
  channel: StoredChannel,
  message: StoredMessage,
): void {
  const by = channel.pinnedBy[message.ts];
  void workspace.events.emit({
    type,
    user: app.botUser,
    channel_id: channel.id,
    item: itemOf(workspace, channel, message),
    item_user: message.user,
    pin_count: channel.pins.length,
    pinned_info: { channel: channel.id, pinned_by: by?.user ?? '', pinned_ts: by?.at ?? 0 },
    ...(type === 'pin_removed' && { has_pins: channel.pins.length > 0 }),
    event_ts: workspace.ids.ts(),
  });
}
