import { directMessage } from '../people.ts';
import { messageShape } from '../shapes/message.ts';
import { findChannel } from '../slack/channels.ts';
import { edit, findMessage, post, remove } from '../slack/messages.ts';
import { messageNow, tellChanged, tellDeleted, tellPosted } from '../slack/tell-of-message.ts';
import type { StoredChannel } from '../state/world.ts';
import { flag, required, textOf } from './arguments.ts';
import { channelOf, isOwn, messageOf, ownChannelOf, userOf } from './channel-of.ts';
import { contentOf } from './content.ts';
import { ApiError, type Call, type Methods } from './method.ts';
import { openDirectMessage } from './open-direct-message.ts';

/** Messages that the app writes. */
export const chat: Methods = {
  'chat.postMessage': (call) => {
    const channel = destinationOf(call);
    const threadTs = threadOf(call, channel);
    const broadcast = threadTs !== null && flag(call.args, 'reply_broadcast');
    const subtype = broadcast ? 'thread_broadcast' : null;
    const draft = { channel: channel.id, ...contentOf(call), threadTs, broadcast, subtype };
    const message = post(call.workspace, draft);
    tellPosted(call.workspace, message);
    const shape = messageShape(message, shown(call), true);
    return { channel: channel.id, ts: message.ts, message: shape };
  },

  'chat.postEphemeral': (call) => {
    const channel = ownChannelOf(call);
    const user = userOf(call, required(call.args, 'user'));
    if (!channel.members.includes(user.id)) throw new ApiError('user_not_in_channel');
    const { text, blocks } = contentOf(call);
    const threadTs = threadOf(call, channel);
    const message = post(call.workspace, {
      channel: channel.id,
      text,
      blocks,
      threadTs,
      onlyFor: user.id,
    });
    return { message_ts: message.ts };
  },

  'chat.update': (call) => {
    const channel = channelOf(call);
    const message = messageOf(call, channel, required(call.args, 'ts'));
    if (!isOwn(message)) throw new ApiError('cant_update_message');
    if (channel.archived) throw new ApiError('is_archived');
    const { metadata, ...content } = contentOf(call);
    const before = messageNow(call.workspace, message);
    edit(call.workspace, message, { ...content, ...(metadata && { metadata }) });
    tellChanged(call.workspace, message, before);
    const { ts, ...shape } = messageShape(message, shown(call), true);
    return { channel: channel.id, ts, text: message.text, message: shape };
  },

  'chat.delete': (call) => {
    const channel = channelOf(call);
    const message = messageOf(call, channel, required(call.args, 'ts'));
    if (!isOwn(message)) throw new ApiError('cant_delete_message');
    tellDeleted(call.workspace, message);
    remove(call.workspace, message);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.getPermalink': (call) => {
    const channel = channelOf(call);
    const { ts, threadTs } = messageOf(call, channel, required(call.args, 'message_ts'));
    const thread = threadTs ? `?thread_ts=${threadTs}&cid=${channel.id}` : '';
    const path = `/archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink: `${call.workspace.url()}${path}` };
  },
};

/** Where a message goes: a channel, or a person, who gets it as a direct message. */
function destinationOf(call: Call): StoredChannel {
  const { workspace, args } = call;
  const name = required(args, 'channel');
  if (/^[UW]/.test(name) && workspace.world.members.some(({ id }) => id === name)) {
    return openDirectMessage(workspace, name);
  }
  const channel = findChannel(workspace, name) ?? findChannel(workspace, directMessage(name));
  const anywhere = workspace.manifest.botScopes.includes('chat:write.public');
  if (anywhere && channel?.kind === 'channel' && !channel.archived) return channel;
  return ownChannelOf(call);
}

function threadOf({ args, workspace }: Call, channel: StoredChannel): string | null {
  const ts = textOf(args, 'thread_ts');
  if (ts === '') return null;
  const first = findMessage(workspace, channel.id, ts);
  if (!first || first.onlyFor !== null) throw new ApiError('thread_not_found');
  return first.threadTs ?? first.ts;
}

const shown = ({ workspace }: Call) => ({ world: workspace.world, url: workspace.url() });
