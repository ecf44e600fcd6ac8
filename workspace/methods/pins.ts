import { app } from '../people.ts';
import { pinShape } from '../shapes/pin.ts';
import { pin, unpin } from '../slack/pins.ts';
import type { StoredChannel, StoredMessage } from '../state/world.ts';
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
    pin(call.workspace, channel, message, app.botUser);
    return {};
  },

  'pins.remove': (call) => {
    const { channel, message } = pinOf(call);
    if (!channel.pins.includes(message.ts)) throw new ApiError('no_pin');
    unpin(call.workspace, channel, message, app.botUser);
    return {};
  },

  'pins.list': (call) => {
    const channel = channelOf(call);
    const items = call.workspace.world.messages
      .filter(({ channel: id, ts }) => id === channel.id && channel.pins.includes(ts))
      .map((message) => pinShape(call.workspace, channel, message));
    return { items };
  },
};

function pinOf(call: Call): { channel: StoredChannel; message: StoredMessage } {
  const channel = ownChannelOf(call);
  return { channel, message: messageOf(call, channel, required(call.args, 'timestamp')) };
}
