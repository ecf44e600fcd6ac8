import { channels, people } from '../../../workspace/people.ts';
import type { Json, Slack } from './slack.ts';

/** A right call of each method, with all that must be there before; its answer. */
export type Calls = Record<string, (slack: Slack) => Promise<Json>>;

const channel = channels.authOps;
const button = {
  type: 'button',
  action_id: 'press',
  value: 'v',
  text: { type: 'plain_text', text: 'Press' },
};
const blocks = [{ type: 'actions', block_id: 'row', elements: [button] }];
const title = { type: 'plain_text', text: 'Title' };
const question = {
  type: 'input',
  block_id: 'q',
  label: title,
  element: { type: 'plain_text_input', action_id: 'a' },
};

/** A form with one question. */
export const modal = {
  type: 'modal',
  title,
  submit: title,
  close: title,
  callback_id: 'form',
  private_metadata: 'm',
  notify_on_close: true,
  blocks: [question, ...blocks],
};

let made = 0;

const newName = () => {
  made += 1;
  return `made-${made}`;
};

/** A new channel of the app's, with somebody in it. */
export async function newChannel(slack: Slack): Promise<string> {
  const answer = await slack.api('conversations.create', { name: newName() });
  const { id } = answer.channel as { id: string };
  await slack.api('conversations.invite', { channel: id, users: people.onCall1 });
  return id;
}

/** A new message of the app's, with a button and with what only apps see. */
export async function newMessage(slack: Slack, more: Json = {}): Promise<string> {
  const metadata = { event_type: 'made', event_payload: { id: '1' } };
  const answer = await slack.api('chat.postMessage', {
    channel,
    text: 'x',
    blocks,
    metadata,
    ...more,
  });
  return String(answer.ts);
}

/** A trigger, as every command brings one. */
export async function newTrigger(slack: Slack): Promise<string> {
  await slack.control('type', { as: people.onCall1, channel, text: '/auth status' });
  return String(slack.last('slash_commands').trigger_id);
}

/** A form open before somebody; its id. */
export async function newModal(slack: Slack): Promise<string> {
  const answer = await slack.api('views.open', {
    trigger_id: await newTrigger(slack),
    view: modal,
  });
  return (answer.view as { id: string }).id;
}

const newBookmark = async (slack: Slack, id: string) => {
  const bookmark = { channel_id: id, title: 'Runbook', type: 'link', link: 'https://example.com/' };
  return slack.api('bookmarks.add', bookmark);
};

const newFile = (slack: Slack) =>
  slack.api('files.getUploadURLExternal', { filename: 'log.txt', length: 2 });

/** Every method that the workspace may serve. */
export const calls: Calls = {
  'api.test': (slack) => slack.api('api.test', { foo: 'bar' }),
  'apps.connections.open': (slack) => slack.api('apps.connections.open'),
  'auth.test': (slack) => slack.api('auth.test'),
  'bookmarks.add': async (slack) => newBookmark(slack, await newChannel(slack)),
  'bookmarks.edit': async (slack) => {
    const channel_id = await newChannel(slack);
    const { bookmark } = await newBookmark(slack, channel_id);
    const bookmark_id = (bookmark as { id: string }).id;
    return slack.api('bookmarks.edit', { channel_id, bookmark_id, title: 'Other' });
  },
  'bookmarks.list': async (slack) => {
    const channel_id = await newChannel(slack);
    await newBookmark(slack, channel_id);
    return slack.api('bookmarks.list', { channel_id });
  },
  'bookmarks.remove': async (slack) => {
    const channel_id = await newChannel(slack);
    const { bookmark } = await newBookmark(slack, channel_id);
    const bookmark_id = (bookmark as { id: string }).id;
    return slack.api('bookmarks.remove', { channel_id, bookmark_id });
  },
  'chat.delete': async (slack) =>
    slack.api('chat.delete', { channel, ts: await newMessage(slack) }),
  'chat.getPermalink': async (slack) =>
    slack.api('chat.getPermalink', { channel, message_ts: await newMessage(slack) }),
  'chat.postEphemeral': (slack) =>
    slack.api('chat.postEphemeral', { channel, user: people.onCall1, text: 'x', blocks }),
  'chat.postMessage': (slack) =>
    slack.api('chat.postMessage', {
      channel,
      text: 'x',
      blocks,
      metadata: { event_type: 'made', event_payload: {} },
    }),
  'chat.update': async (slack) =>
    slack.api('chat.update', { channel, ts: await newMessage(slack), text: 'y', blocks }),
  'conversations.archive': async (slack) =>
    slack.api('conversations.archive', { channel: await newChannel(slack) }),
  'conversations.close': async (slack) => {
    const { channel: direct } = await slack.api('conversations.open', { users: people.viewer });
    return slack.api('conversations.close', { channel: (direct as { id: string }).id });
  },
  'conversations.create': (slack) => slack.api('conversations.create', { name: newName() }),
  'conversations.history': async (slack) => {
    const ts = await newMessage(slack);
    await newMessage(slack, { thread_ts: ts });
    await slack.control('type', { as: people.onCall1, channel, text: 'hello' });
    return slack.api('conversations.history', { channel, include_all_metadata: true });
  },
  'conversations.info': (slack) =>
    slack.api('conversations.info', { channel, include_num_members: true }),
  'conversations.invite': async (slack) =>
    slack.api('conversations.invite', { channel: await newChannel(slack), users: people.viewer }),
  'conversations.join': (slack) => slack.api('conversations.join', { channel: channels.general }),
  'conversations.kick': async (slack) =>
    slack.api('conversations.kick', { channel: await newChannel(slack), user: people.onCall1 }),
  'conversations.leave': async (slack) =>
    slack.api('conversations.leave', { channel: await newChannel(slack) }),
  'conversations.list': (slack) => slack.api('conversations.list'),
  'conversations.members': (slack) => slack.api('conversations.members', { channel }),
  'conversations.open': (slack) =>
    slack.api('conversations.open', { users: people.onCall1, return_im: true }),
  'conversations.rename': async (slack) =>
    slack.api('conversations.rename', {
      channel: await newChannel(slack),
      name: newName(),
    }),
  'conversations.replies': async (slack) => {
    const ts = await newMessage(slack);
    await newMessage(slack, { thread_ts: ts });
    return slack.api('conversations.replies', { channel, ts });
  },
  'conversations.setPurpose': async (slack) =>
    slack.api('conversations.setPurpose', { channel: await newChannel(slack), purpose: 'p' }),
  'conversations.setTopic': async (slack) =>
    slack.api('conversations.setTopic', { channel: await newChannel(slack), topic: 't' }),
  'conversations.unarchive': async (slack) => {
    const id = await newChannel(slack);
    await slack.api('conversations.archive', { channel: id });
    return slack.api('conversations.unarchive', { channel: id });
  },
  'files.completeUploadExternal': async (slack) => {
    const { upload_url, file_id } = await newFile(slack);
    await fetch(String(upload_url), { method: 'POST', body: 'ab' });
    const files = [{ id: file_id, title: 'Log' }];
    return slack.api('files.completeUploadExternal', { files, channel_id: channel });
  },
  'files.getUploadURLExternal': newFile,
  'files.info': async (slack) => {
    const { upload_url, file_id } = await newFile(slack);
    await fetch(String(upload_url), { method: 'POST', body: 'ab' });
    await slack.api('files.completeUploadExternal', { files: [{ id: file_id }] });
    return slack.api('files.info', { file: file_id });
  },
  'pins.add': async (slack) =>
    slack.api('pins.add', { channel, timestamp: await newMessage(slack) }),
  'pins.list': async (slack) => {
    await slack.api('pins.add', { channel, timestamp: await newMessage(slack) });
    return slack.api('pins.list', { channel });
  },
  'pins.remove': async (slack) => {
    const timestamp = await newMessage(slack);
    await slack.api('pins.add', { channel, timestamp });
    return slack.api('pins.remove', { channel, timestamp });
  },
  'reactions.add': async (slack) =>
    slack.api('reactions.add', { channel, timestamp: await newMessage(slack), name: 'eyes' }),
  'reactions.get': async (slack) => {
    const timestamp = await newMessage(slack);
    await slack.api('reactions.add', { channel, timestamp, name: 'eyes' });
    return slack.api('reactions.get', { channel, timestamp });
  },
  'reactions.remove': async (slack) => {
    const timestamp = await newMessage(slack);
    await slack.api('reactions.add', { channel, timestamp, name: 'eyes' });
    return slack.api('reactions.remove', { channel, timestamp, name: 'eyes' });
  },
  'team.info': (slack) => slack.api('team.info'),
  'usergroups.list': (slack) =>
    slack.api('usergroups.list', { include_users: true, include_count: true }),
  'usergroups.users.list': async (slack) => {
    const { usergroups } = await slack.api('usergroups.list');
    const [first] = usergroups as { id: string }[];
    return slack.api('usergroups.users.list', { usergroup: first?.id });
  },
  'users.conversations': (slack) => slack.api('users.conversations'),
  'users.info': (slack) => slack.api('users.info', { user: people.onCall1, include_locale: true }),
  'users.list': (slack) => slack.api('users.list'),
  'users.lookupByEmail': (slack) =>
    slack.api('users.lookupByEmail', { email: 'oncall-1@example.com' }),
  'views.open': async (slack) =>
    slack.api('views.open', { trigger_id: await newTrigger(slack), view: modal }),
  'views.publish': (slack) =>
    slack.api('views.publish', { user_id: people.onCall1, view: { type: 'home', blocks } }),
  'views.push': async (slack) => {
    const view = await newModal(slack);
    await slack.control('act', { as: people.onCall1, actionId: 'press', blockId: 'row', view });
    const { trigger_id } = slack.last('block_actions');
    return slack.api('views.push', { trigger_id, view: modal });
  },
  'views.update': async (slack) =>
    slack.api('views.update', { view_id: await newModal(slack), view: modal }),
};
