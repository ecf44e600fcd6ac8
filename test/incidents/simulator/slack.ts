import { WebAPIPlatformError } from '@slack/web-api';
import type { OutboxRow, Sent } from '../../../src/core/outbox.ts';

/** A channel as it truly is in the Slack of a schedule. */
export interface Channel {
  id: string;
  name: string;
  private: boolean;
  /** In seconds since 1970. */
  created: number;
  archived: boolean;
  members: Set<string>;
  pins: Set<string>;
}

/** A message as it truly is. */
export interface Posted {
  channel: string;
  ts: string;
  row: string;
  subject: string;
  kind: OutboxRow['kind'];
  at: number;
}

/** Slack as it truly is, and ways to reach it that fail now and then. */
export interface Slack {
  channels: Map<string, Channel>;
  messages: Posted[];
  /** Whether nothing of it can be reached. */
  away: boolean;
  /** The part of the Web API that makes channels. */
  api: unknown;
  /** Posts what a row of the outbox says into a channel. */
  post(row: OutboxRow, channel: string): Sent;
}

/** What Slack needs of a schedule. */
export interface SlackOptions {
  now(): number;
  /** Whether a call breaks off this time, before it was heard and after it was done. */
  breaks(): boolean;
}

const no = (error: string) => new WebAPIPlatformError({ ok: false, error });

/** Slack with no incident’s channel in it. */
export function createSlack({ now, breaks }: SlackOptions): Slack {
  const channels = new Map<string, Channel>();
  const messages: Posted[] = [];
  const find = (id: string): Channel => {
    const channel = channels.get(id);
    if (!channel) throw no('channel_not_found');
    if (channel.archived) throw no('is_archived');
    return channel;
  };
  /** Heard, done and answered; or broken off before or after it was done. */
  const call =
    <Said, Answer>(work: (said: Said) => Answer) =>
    async (said: Said): Promise<Answer> => {
      if (slack.away || breaks()) throw new Error('the connection was lost');
      const answer = work(said);
      if (breaks()) throw new Error('the connection was lost');
      return answer;
    };
  const slack: Slack = {
    channels,
    messages,
    away: false,
    api: {
      auth: { test: call(() => ({ user_id: 'U-gatehouse' })) },
      users: {
        conversations: call(({ types }: { types: string }) => ({
          channels: [...channels.values()]
            .filter((one) => one.private === (types === 'private_channel'))
            .map((one) => ({ ...one, creator: 'U-gatehouse', is_archived: one.archived })),
        })),
      },
      conversations: {
        create: call(({ name, is_private }: { name: string; is_private: boolean }) => {
          if ([...channels.values()].some((one) => one.name === name)) throw no('name_taken');
          const id = `C-${channels.size + 1}`;
          const [members, pins] = [new Set<string>(), new Set<string>()];
          const created = Math.floor(now() / 1_000);
          channels.set(id, {
            ...{ id, name, private: is_private, created, archived: false, members, pins },
          });
          return { channel: { id, name } };
        }),
        invite: call(({ channel, users }: { channel: string; users: string }) => {
          const { members } = find(channel);
          for (const id of users.split(',')) members.add(id);
        }),
        setTopic: call(({ channel }: { channel: string }) => find(channel)),
      },
      bookmarks: { list: call(() => ({ bookmarks: [] })), add: call(() => ({})) },
      pins: {
        add: call(({ channel, timestamp }: { channel: string; timestamp: string }) => {
          const { pins } = find(channel);
          if (pins.has(timestamp)) throw no('already_pinned');
          pins.add(timestamp);
        }),
      },
    },
    post(row, channel) {
      if (slack.away) {
        return { kind: 'not-now', retryIn: 2_000, why: 'Slack is away', counts: false };
      }
      const there = messages.find((one) => one.row === row.id && one.channel === channel);
      if (there && (row.posted || row.ambiguous)) return shown(row, there); // edited, or found again
      if (breaks()) return { kind: 'not-now', retryIn: 2_000, why: 'it was not heard' };
      const { id, subject, kind } = row;
      const posted = { channel, ts: `${now()}.${messages.length}` };
      messages.push({ ...posted, row: id, subject, kind, at: now() });
      if (breaks()) return { kind: 'ambiguous', retryIn: 2_000, why: 'the answer was lost' };
      return shown(row, posted);
    },
  };
  return slack;
}

const shown = (row: OutboxRow, { channel, ts }: { channel: string; ts: string }): Sent => ({
  kind: 'shown',
  version: row.wanted,
  posted: { channel, ts },
});
