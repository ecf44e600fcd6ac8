import { app, team } from '../people.ts';
import type { StoredMessage, World } from '../state/world.ts';
import { fileShape } from './file.ts';

/** The app's profile, as Slack puts it into each of its messages. */
export const botProfile = (name: string, updated: number) => ({
  id: app.botId,
  deleted: false,
  name,
  updated,
  app_id: app.id,
  icons: { image_36: '', image_48: '', image_72: '' },
  team_id: team.id,
});

/** A message as the Web API and the payloads show it. Metadata only where it was asked for. */
export function messageShape(
  message: StoredMessage,
  { world, url }: { world: World; url: string },
  withMetadata = false,
): Record<string, unknown> {
  const { user, text, ts, blocks, metadata } = message;
  const author = world.members.find(({ id }) => id === user);
  return {
    type: 'message',
    ...(message.subtype && { subtype: message.subtype }),
    user,
    text,
    ts,
    team: author?.team ?? team.id,
    ...(user === app.botUser && {
      bot_id: app.botId,
      app_id: app.id,
      bot_profile: botProfile(author?.title ?? '', author?.updated ?? 0),
    }),
    ...(message.clientMsgId && { client_msg_id: message.clientMsgId }),
    ...(blocks.length > 0 && { blocks }),
    ...(message.files.length > 0 && { files: filesOf(message, world, url), upload: false }),
    ...(message.editedAt && { edited: { user, ts: message.editedAt } }),
    ...threadOf(message, world),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map(({ name, users }) => ({ name, users, count: users.length })),
    }),
    ...(withMetadata && metadata && { metadata }),
  };
}

const filesOf = ({ files }: StoredMessage, world: World, url: string) =>
  files.flatMap(({ id }) =>
    world.files.filter((file) => file.id === id).map((file) => fileShape(file, url)),
  );

function threadOf(message: StoredMessage, { messages }: World): Record<string, unknown> {
  const { channel, ts, threadTs, replies } = message;
  if (threadTs !== null) {
    const parent = messages.findLast((other) => other.ts === threadTs && other.channel === channel);
    return { thread_ts: threadTs, ...(parent && { parent_user_id: parent.user }) };
  }
  if (replies === 0) return {};
  const answers = messages.filter((other) => other.channel === channel && other.threadTs === ts);
  const users = [...new Set(answers.map(({ user }) => user))];
  return {
    thread_ts: ts,
    reply_count: replies,
    reply_users_count: users.length,
    latest_reply: answers.at(-1)?.ts ?? ts,
    reply_users: users,
    is_locked: false,
    subscribed: false,
  };
}
