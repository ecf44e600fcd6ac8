import { messageShape } from '../shapes/message.ts';
import { appIsIn } from '../slack/app-is-in.ts';
import type { StoredChannel, StoredMessage } from '../state/world.ts';
import { flag, required, textOf } from './arguments.ts';
import { channelOf, messageOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';
import { pageOf } from './page-of.ts';

/** What was said in a channel. */
export const history: Methods = {
  'conversations.history': (call) => {
    const channel = readable(call);
    const all = call.workspace.world.messages
      .filter((message) => isSaid(message, channel) && isInChannel(message))
      .filter(within(call.args))
      .reverse();
    const { items, response_metadata } = pageOf(all, call.args, 100, 999);
    const more = response_metadata.next_cursor !== '';
    return {
      messages: items.map((message) => shaped(call, message)),
      has_more: more,
      pin_count: channel.pins.length,
      ...(more && { response_metadata }),
    };
  },

  'conversations.replies': (call) => {
    const channel = readable(call);
    const asked = messageIn(call, channel);
    const first = asked.threadTs ?? asked.ts;
    const thread = call.workspace.world.messages.filter(
      (message) => isSaid(message, channel) && (message.ts === first || message.threadTs === first),
    );
    const inside = within(call.args);
    const wanted = thread.filter((message) => message.ts === first || inside(message));
    const { items, response_metadata } = pageOf(wanted, call.args, 1000);
    const more = response_metadata.next_cursor !== '';
    return {
      messages: items.map((message) => shaped(call, message)),
      has_more: more,
      ...(more && { response_metadata }),
    };
  },
};

function readable(call: Call): StoredChannel {
  const channel = channelOf(call);
  if (!appIsIn(channel)) throw new ApiError('not_in_channel');
  return channel;
}

function messageIn(call: Call, channel: StoredChannel): StoredMessage {
  try {
    return messageOf(call, channel, required(call.args, 'ts'));
  } catch (error) {
    const missing = error instanceof ApiError && error.error === 'message_not_found';
    throw missing ? new ApiError('thread_not_found') : error;
  }
}

/** Ephemeral messages are nobody's history. */
const isSaid = (message: StoredMessage, channel: StoredChannel): boolean =>
  message.channel === channel.id && message.onlyFor === null;

/** Replies are only there when they were shown in the channel too. */
const isInChannel = ({ threadTs, broadcast }: StoredMessage): boolean =>
  threadTs === null || broadcast;

/** Between `oldest` and `latest`, these two included only when asked for. */
function within(args: Call['args']): (message: StoredMessage) => boolean {
  const oldest = Number(textOf(args, 'oldest') || 0);
  const latest = Number(textOf(args, 'latest') || Number.POSITIVE_INFINITY);
  const inclusive = flag(args, 'inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

const shaped = ({ args, workspace }: Call, message: StoredMessage) =>
  messageShape(
    message,
    { world: workspace.world, url: workspace.url() },
    flag(args, 'include_all_metadata'),
  );
