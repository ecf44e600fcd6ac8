import { app } from '../people.ts';
import { channelShape } from '../shapes/channel.ts';
import { appIsIn } from '../slack/app-is-in.ts';
import { addMember, removeMember } from '../slack/channels.ts';
import type { StoredChannel } from '../state/world.ts';
import { flag, listOf, required, textOf } from './arguments.ts';
import { channelOf, ownChannelOf, userOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';
import { openDirectMessage } from './open-direct-message.ts';
import { pageOf } from './page-of.ts';

/** So many may be invited at once. */
const most = 100;

/** Who is in a channel. */
export const members: Methods = {
  'conversations.members': (call) => {
    const { items, response_metadata } = pageOf(channelOf(call).members, call.args);
    return { members: items, response_metadata };
  },

  /**
   * Whoever has left the company turns the answer into an error, yet all others are let in; any other
   * mistake keeps everybody out, unless `force` says to go on with the rest.
   */
  'conversations.invite': (call) => {
    const channel = ownChannelOf(call);
    if (channel.kind === 'im') throw new ApiError('method_not_supported_for_channel_type');
    const invited = listOf(call.args, 'users');
    if (invited.length === 0) throw new ApiError('no_user');
    if (invited.length > most) throw new ApiError('too_many_users');
    const problems = invited.flatMap((user) => problemWith(call, channel.members, user));
    const wrong = problems.map(({ user }) => user);
    const right = [...new Set(invited)].filter((user) => !wrong.includes(user));
    const force = flag(call.args, 'force') && right.length > 0;
    const [first] = problems;
    if (force || problems.every(({ error }) => error === 'cant_invite')) {
      for (const user of right) addMember(call.workspace, channel, user, app.botUser);
    }
    if (first && !force) throw new ApiError(first.error, { errors: problems });
    return { channel: channelShape(channel), ...(first && { errors: problems }) };
  },

  'conversations.kick': (call) => {
    const channel = ownChannelOf(call);
    const user = userOf(call, required(call.args, 'user'));
    if (user.id === app.botUser) throw new ApiError('cant_kick_self');
    if (channel.name === 'general') throw new ApiError('cant_kick_from_general');
    if (!channel.members.includes(user.id)) throw new ApiError('not_in_channel');
    removeMember(call.workspace, channel, user.id, app.botUser);
    return { errors: {} };
  },

  'conversations.join': (call) => {
    const channel = channelOf(call);
    if (channel.kind !== 'channel') throw new ApiError('method_not_supported_for_channel_type');
    if (channel.archived) throw new ApiError('is_archived');
    if (appIsIn(channel)) return { channel: channelShape(channel), ...alreadyIn };
    addMember(call.workspace, channel, app.botUser, null);
    return { channel: channelShape(channel) };
  },

  'conversations.leave': (call) => {
    const channel = channelOf(call);
    if (channel.kind === 'im') throw new ApiError('method_not_supported_for_channel_type');
    if (channel.name === 'general') throw new ApiError('cant_leave_general');
    if (!appIsIn(channel)) return { not_in_channel: true };
    removeMember(call.workspace, channel, app.botUser, app.botUser);
    return {};
  },

  'conversations.open': (call) => {
    const { args, workspace } = call;
    const users = listOf(args, 'users');
    if (textOf(args, 'channel') !== '') return opened(call, channelOf(call), true);
    const [user] = users;
    if (!user) throw new ApiError('users_list_not_supplied');
    if (users.length > 1) throw new ApiError('too_many_users');
    if (userOf(call, user).deactivated) throw new ApiError('user_disabled');
    const before = workspace.world.channels.length;
    const channel = openDirectMessage(workspace, user);
    return opened(call, channel, workspace.world.channels.length === before);
  },
};

const alreadyIn = {
  warning: 'already_in_channel',
  response_metadata: { warnings: ['already_in_channel'] },
};

const opened = ({ args }: Call, channel: StoredChannel, known: boolean) => ({
  channel: flag(args, 'return_im') ? channelShape(channel) : { id: channel.id },
  ...(known && { no_op: true, already_open: true }),
});

function problemWith({ workspace }: Call, inside: readonly string[], user: string) {
  const member = workspace.world.members.find(({ id }) => id === user);
  const error =
    (!member && 'user_not_found') ||
    (user === app.botUser && 'cant_invite_self') ||
    (inside.includes(user) && 'already_in_channel') ||
    (member?.deactivated && 'cant_invite');
  return error ? [{ ok: false, error, user }] : [];
}
