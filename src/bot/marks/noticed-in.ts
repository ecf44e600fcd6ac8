import { type Noticed, timelineMarks } from '../../handlers/marks/noticed.ts';
import type { Body } from '../receiving/body.ts';
import { bare } from './read-message.ts';

type Event = Extract<Body, { type: 'event_callback' }>;
type Inner = Event['event'];
type Said = Extract<Inner, { type: 'message' }>;

/** What somebody did to a message of a channel; null when it is nothing that counts, such as the bot's own doing. */
export function noticedIn({ event, team_id }: Event, botUser: string | null): Noticed | null {
  switch (event.type) {
    case 'reaction_added':
    case 'reaction_removed': {
      const { channel, ts } = event.item;
      if (!channel || !ts || !timelineMarks.includes(bare(event.reaction))) return null;
      return marked('reaction', { channel, ts }, event.user, team_id, botUser);
    }
    case 'pin_added':
    case 'pin_removed': {
      const ts = event.item.message?.ts;
      if (!ts) return null;
      return marked('pin', { channel: event.channel_id, ts }, event.user, team_id, botUser);
    }
    case 'message':
      return said(event, botUser);
    default:
      return null;
  }
}

function marked(
  how: 'reaction' | 'pin',
  place: { channel: string; ts: string },
  id: string,
  team: string,
  botUser: string | null,
): Noticed | null {
  return id === botUser ? null : { kind: 'marked', how, ...place, asker: { id, team } };
}

/** Joins, topics and the like are nothing that somebody says. */
const spoken: readonly (string | undefined)[] = [
  undefined,
  'file_share',
  'thread_broadcast',
  'me_message',
];

/** The app hears its own posts as well: those never count, or it would answer itself. */
function said(event: Said, botUser: string | null): Noticed | null {
  const { channel, channel_type, subtype, user, bot_id } = event;
  if (channel_type === 'im') return null;
  if (subtype === 'message_changed' || subtype === 'message_deleted') return edited(event);
  if (!spoken.includes(subtype) || bot_id || !user || user === botUser) return null;
  return { kind: 'spoke', channel, by: user };
}

/** Slack tells of a changed message also when only a preview was added or somebody answered. */
function edited({ channel, message, previous_message, deleted_ts }: Said): Noticed | null {
  const before = previous_message;
  const ts = deleted_ts ?? message?.ts;
  if (!ts || (before?.bot_id ?? message?.bot_id)) return null;
  const isSame = deleted_ts === undefined && before !== undefined && before.text === message?.text;
  return isSame ? null : { kind: 'edited', channel, ts };
}
