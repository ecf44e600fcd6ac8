import { keepNoticed } from '../../handlers/marks/noticed.ts';
import { noticedIn } from '../marks/noticed-in.ts';
import type { Body } from './body.ts';
import { at, type Meaning, meaning } from './meaning.ts';

type Event = Extract<Body, { type: 'event_callback' }>;

/** What an event of Slack's means. */
export const eventMeaning = (body: Event, botUser: string | null): Meaning =>
  noticedOf(body, botUser) ?? eventOf(body, botUser);

/** What was done to a message of a channel; null when it is something else. */
function noticedOf(body: Event, botUser: string | null): Meaning | null {
  const noticed = noticedIn(body, botUser);
  if (noticed === null) return null;
  const request = keepNoticed(noticed);
  const by = noticed.kind === 'marked' ? noticed.asker.id : 'slack';
  const actor = `${body.team_id}:${by}`;
  const delivery = request && {
    key: `event:${body.event_id}`,
    kind: 'event' as const,
    actor,
    request,
  };
  return { kind: 'noticed', delivery: delivery || null, noticed };
}

function eventOf({ event, event_id, team_id }: Event, botUser: string | null): Meaning {
  switch (event.type) {
    case 'app_mention': {
      if (event.bot_id || !event.user) return { kind: 'nothing', what: 'what a bot said' };
      const asker = { id: event.user, team: event.user_team ?? event.team ?? team_id };
      const place = at(event.channel, event.thread_ts);
      const text = afterMention(event.text, botUser);
      const thread = event.thread_ts ?? event.ts;
      return meaning('event', event_id, { kind: 'mention', text, asker, place }, { thread });
    }
    case 'message':
      return directMessageOf(event, event_id, team_id, botUser);
    case 'reaction_added':
    case 'reaction_removed':
    case 'pin_added':
    case 'pin_removed':
      return { kind: 'nothing', what: event.type };
    case 'app_home_opened': {
      if (event.tab && event.tab !== 'home') return { kind: 'nothing', what: event.tab };
      return meaning('event', event_id, {
        kind: 'home',
        asker: { id: event.user, team: team_id },
      });
    }
    case 'user_change':
      return { kind: 'changed', what: 'person', id: event.user.id };
    case 'subteam_updated':
      return { kind: 'changed', what: 'group', id: event.subteam.id };
    case 'subteam_members_changed':
      return { kind: 'changed', what: 'group', id: event.subteam_id };
    case 'channel_archive':
    case 'channel_unarchive':
    case 'channel_deleted':
    case 'channel_left':
    case 'group_archive':
    case 'group_unarchive':
    case 'group_deleted':
    case 'group_left':
      return { kind: 'changed', what: 'channel', id: event.channel };
  }
}

/** Slack's own messages come from it, without the marks of a bot: that the bot was put out of a channel. */
const slackbot = 'USLACKBOT';

/** What somebody writes to the bot alone is a command without its name; edits and the bot's own words are not. */
function directMessageOf(
  event: Extract<Event['event'], { type: 'message' }>,
  id: string,
  team: string,
  botUser: string | null,
): Meaning {
  const { channel_type, subtype, bot_id, user, text } = event;
  const byNobody = subtype || bot_id || !user || user === botUser || user === slackbot;
  if (channel_type !== 'im' || byNobody || !text)
    return { kind: 'nothing', what: 'a message that nobody wrote to the bot' };
  const asker = { id: user, team: event.user_team ?? event.team ?? team };
  const place = at(event.channel, event.thread_ts);
  const asked = { kind: 'command', text: afterMention(text, botUser), asker, place } as const;
  return meaning('event', id, asked, { thread: place.thread });
}

/** The text after the bot's name; without knowing its id, after the first name that begins the text. */
function afterMention(text: string, botUser: string | null): string {
  const mention = botUser && new RegExp(`<@${botUser}(?:\\|[^>]*)?>`).exec(text);
  if (mention) return text.slice(mention.index + mention[0].length).trim();
  return text.replace(/^\s*<@[^>]*>/, '').trim();
}
