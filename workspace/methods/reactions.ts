import { app } from '../people.ts';
import { messageShape } from '../shapes/message.ts';
import { react } from '../slack/reactions.ts';
import { required } from './arguments.ts';
import { channelOf, messageOf, ownChannelOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';

/** The app's own reactions, and everybody's. */
export const reactions: Methods = {
  'reactions.add': (call) => {
    const { message, name, mine } = targetOf(call);
    if (mine) throw new ApiError('already_reacted');
    react(call.workspace, message, app.botUser, name, true);
    return {};
  },

  'reactions.get': (call) => {
    const channel = channelOf(call);
    const message = messageOf(call, channel, required(call.args, 'timestamp'));
    const { world, url } = call.workspace;
    const shape = messageShape(message, { world, url: url() });
    return { type: 'message', channel: channel.id, message: shape };
  },

  'reactions.remove': (call) => {
    const { message, name, mine } = targetOf(call);
    if (!mine) throw new ApiError('no_reaction');
    react(call.workspace, message, app.botUser, name, false);
    return {};
  },
};

function targetOf(call: Call) {
  const name = required(call.args, 'name').replace(/^:|:$/g, '');
  if (!/^[\w+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new ApiError('invalid_name');
  const message = messageOf(call, ownChannelOf(call), required(call.args, 'timestamp'));
  const mine = message.reactions.some(
    (reaction) => reaction.name === name && reaction.users.includes(app.botUser),
  );
  return { message, name, mine };
}
