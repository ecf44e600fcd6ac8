import { randomUUID } from 'node:crypto';
import { richText } from '../payloads/rich-text.ts';
import { app, team } from '../people.ts';
import type { Control, Outcome } from '../protocol.ts';
import { appIsIn } from '../slack/app-is-in.ts';
import { channelType } from '../slack/channels.ts';
import { findMessage, post } from '../slack/messages.ts';
import type { StoredChannel, StoredMember, StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { command } from './command.ts';
import { CannotDo, channelFor, done, memberOf } from './doing.ts';
import { createMarkup } from './markup.ts';
import { slackbotSays } from './slackbot-says.ts';

/** Types something into a channel and presses Enter. */
export async function type(
  workspace: Workspace,
  { as, channel: id, text, threadTs }: Control['type']['body'],
): Promise<Outcome> {
  const user = memberOf(workspace, as);
  const channel = channelFor(workspace, as, id);
  if (channel.archived) throw new CannotDo('is_archived');
  if (text.trim() === '') throw new CannotDo('no_text');
  const thread = threadTs ? threadOf(workspace, channel, threadTs) : null;
  if (text.startsWith('/')) return command(workspace, user, channel, text, thread);
  const message = post(workspace, {
    channel: channel.id,
    user: user.id,
    text: createMarkup(workspace.world, user.id).message(text),
    threadTs: thread,
    clientMsgId: randomUUID(),
  });
  tellApp(workspace, user, channel, message);
  return done;
}

function threadOf(workspace: Workspace, channel: StoredChannel, ts: string): string {
  const first = findMessage(workspace, channel.id, ts);
  if (!first || first.onlyFor !== null) throw new CannotDo('thread_not_found');
  return first.threadTs ?? first.ts;
}

/** A mention becomes an event of its own, except in a direct message, where every message is one. */
function tellApp(
  workspace: Workspace,
  user: StoredMember,
  channel: StoredChannel,
  message: StoredMessage,
): void {
  const mentions = message.text.includes(`<@${app.botUser}>`);
  if (!appIsIn(channel)) {
    const name = workspace.manifest.botName;
    if (mentions) slackbotSays(workspace, outside(message), notHere(name));
    return;
  }
  const event = eventOf(workspace, user, message);
  const emit = workspace.events.emit;
  if (mentions && channel.kind !== 'im') void emit({ ...event, type: 'app_mention' });
  void emit({ ...event, type: 'message', channel_type: channelType[channel.kind] });
}

const outside = ({ user, channel, threadTs }: StoredMessage) => ({ user, channel, threadTs });

const notHere = (name: string) =>
  `You mentioned @${name}, but they’re not in this channel. They will not see it.`;

const eventOf = (workspace: Workspace, user: StoredMember, message: StoredMessage) => ({
  client_msg_id: message.clientMsgId,
  user: user.id,
  ...(user.team !== team.id && { user_team: user.team, source_team: user.team }),
  text: message.text,
  ts: message.ts,
  team: user.team,
  blocks: [richText(message.text, workspace.ids.id(''))],
  ...(message.threadTs && { thread_ts: message.threadTs }),
  channel: message.channel,
  event_ts: message.ts,
});
