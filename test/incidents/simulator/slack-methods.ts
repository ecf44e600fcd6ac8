import type { Drawing, Posted, Slack } from './slack.ts';
import { type Calls, no } from './slack-calls.ts';
import type { Time } from './time.ts';

type Truth = Pick<Slack, 'channels' | 'messages'>;

interface Message {
  channel: string;
  ts?: string;
  text: string;
  metadata: { event_payload: Posted['key'] };
}

/** What the ids of the channels of incidents begin with. */
const prefix = 'CI-';
/** How many messages of a history come at once: few, so that there are pages to turn. */
const perPage = 4;

/** The methods that incidents use, over what truly is. */
export function slackMethods(truth: Truth, time: Pick<Time, 'now'>) {
  const { channels, messages } = truth;
  const open = (id: string): void => {
    const channel = channels.get(id);
    if (!channel && id.startsWith(prefix)) throw no('channel_not_found');
    if (channel?.archived) throw no('is_archived');
  };
  const post = ({ channel, text, metadata }: Message) => {
    open(channel);
    const ts = `${time.now()}.${messages.length}`;
    const says = JSON.parse(text) as Drawing;
    messages.push({
      ...{
        channel,
        ts,
        key: metadata.event_payload,
        says,
        at: time.now(),
        deleted: false,
        emptied: false,
      },
    });
    return { ts };
  };
  const update = ({ channel, ts, text }: Message) => {
    open(channel);
    const there = messages.find((one) => one.ts === ts && one.channel === channel && !one.deleted);
    if (!there) throw no('message_not_found');
    if (text.startsWith('{')) there.says = JSON.parse(text) as Drawing;
    else there.emptied = true;
    return { ts };
  };
  const take = ({ channel, ts }: Message) => {
    open(channel);
    const there = messages.find((one) => one.ts === ts && one.channel === channel && !one.deleted);
    if (!there) throw no('message_not_found');
    there.deleted = true;
  };
  return (call: Calls) => ({
    auth: { test: call('auth.test', () => ({ user_id: 'U-gatehouse' })) },
    chat: {
      postMessage: call('chat.postMessage', post),
      update: call('chat.update', update),
      delete: call('chat.delete', take),
    },
    users: { conversations: call('users.conversations', channelsOf(truth)) },
    conversations: {
      ...channelMethods(truth, { call, time, open }),
      open: call('conversations.open', ({ users }: { users: string }) => ({
        channel: { id: `D-${users}` },
      })),
      history: call('conversations.history', historyOf(truth)),
    },
    bookmarks: {
      list: call('bookmarks.list', () => ({ bookmarks: [] })),
      add: call('bookmarks.add', () => ({})),
    },
    pins: {
      add: call('pins.add', ({ channel, timestamp }: { channel: string; timestamp: string }) => {
        open(channel);
        const pins = channels.get(channel)?.pins;
        if (pins?.has(timestamp)) throw no('already_pinned');
        pins?.add(timestamp);
      }),
    },
  });
}

const channelsOf =
  ({ channels }: Truth) =>
  ({ types }: { types: string }) => ({
    channels: [...channels.values()]
      .filter((one) => one.private === (types === 'private_channel'))
      .map((one) => ({ ...one, creator: 'U-gatehouse', is_archived: one.archived })),
  });

/** A page of what stands in a channel, newest first. */
const historyOf =
  ({ messages }: Truth) =>
  ({ channel, oldest, cursor = '0' }: { channel: string; oldest: string; cursor?: string }) => {
    const all = messages
      .filter((one) => one.channel === channel && !one.deleted && one.at >= Number(oldest) * 1_000)
      .toReversed();
    const [from, until] = [Number(cursor), Number(cursor) + perPage];
    const page = all.slice(from, until).map(({ ts, key }) => ({
      ...{ ts, metadata: { event_type: 'gatehouse', event_payload: key } },
    }));
    if (until >= all.length) return { messages: page, has_more: false };
    return { messages: page, has_more: true, response_metadata: { next_cursor: String(until) } };
  };

interface Making {
  call: Calls;
  time: Pick<Time, 'now'>;
  open(id: string): void;
}

function channelMethods({ channels }: Truth, { call, time, open }: Making) {
  const create = ({ name, is_private }: { name: string; is_private: boolean }) => {
    if ([...channels.values()].some((one) => one.name === name)) throw no('name_taken');
    const id = `${prefix}${channels.size + 1}`;
    const [members, pins] = [new Set<string>(), new Set<string>()];
    const created = Math.floor(time.now() / 1_000);
    channels.set(id, {
      ...{ id, name, private: is_private, created, archived: false, members, pins },
    });
    return { channel: { id, name } };
  };
  return {
    create: call('conversations.create', create),
    info: call('conversations.info', ({ channel }: { channel: string }) => ({
      channel: { is_archived: channels.get(channel)?.archived ?? false, is_member: true },
    })),
    invite: call(
      'conversations.invite',
      ({ channel, users }: { channel: string; users: string }) => {
        open(channel);
        for (const id of users.split(',')) channels.get(channel)?.members.add(id);
      },
    ),
    setTopic: call('conversations.setTopic', ({ channel }: { channel: string }) => open(channel)),
  };
}
