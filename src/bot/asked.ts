import type { Delivery } from '../core/intake.ts';
import type { Asked, FormValues, Place } from '../handlers/desk.ts';
import { keepNoticed, type Noticed } from '../handlers/noticed.ts';
import type { Body } from './body.ts';
import { chosen } from './choice.ts';
import { noticedIn } from './noticed-in.ts';

/** What an answer can be sent through. */
export interface Route {
  responseUrl: string | null;
  /** Opens one form, within three seconds. */
  triggerId: string | null;
  /** The thread a mention is answered in. */
  thread: string | null;
}

/** What a delivery means: something asked, something that changed about people, or nothing. */
export type Meaning =
  | { kind: 'asked'; delivery: Delivery; asked: Asked; route: Route }
  | { kind: 'changed'; what: 'person' | 'group' | 'channel'; id: string }
  /** Something that was done to a message; it has a delivery when it must not get lost. */
  | { kind: 'noticed'; delivery: (Delivery & { request: string }) | null; noticed: Noticed }
  | { kind: 'nothing'; what: string };

type Event = Extract<Body, { type: 'event_callback' }>;
type Interaction = Exclude<Body, Event | { command: string }>;
type Click = Extract<Interaction, { type: 'block_actions' }>;

/** Takes Slack's envelope off. `botUser` is the bot's own user id, if it is known yet. */
export function meaningOf(body: Body, botUser: string | null): Meaning {
  if ('command' in body) return commandOf(body);
  if (body.type !== 'event_callback') return interactionOf(body);
  return noticedOf(body, botUser) ?? eventOf(body, botUser);
}

function commandOf(body: Extract<Body, { command: string }>): Meaning {
  const asker = { id: body.user_id, team: body.team_id };
  const asked: Asked = { kind: 'command', text: body.text, asker, place: at(body.channel_id) };
  return meaning('command', body.trigger_id, asked, {
    responseUrl: body.response_url ?? null,
    triggerId: body.trigger_id,
  });
}

function interactionOf(body: Interaction): Meaning {
  const asker = { id: body.user.id, team: body.user.team_id ?? body.team?.id ?? '' };
  const route = { responseUrl: body.response_url ?? null, triggerId: body.trigger_id ?? null };
  switch (body.type) {
    case 'block_actions':
      return meaning('click', clickKey(body), clickOf(body, asker), route);
    case 'view_submission': {
      const values = valuesOf(body.view.state.values);
      const key = `${body.view.id}:${body.view.hash ?? ''}:${body.trigger_id ?? ''}`;
      const callback = body.view.callback_id;
      const data = body.view.private_metadata;
      const asked: Asked = { kind: 'submission', callback, values, ...(data && { data }), asker };
      return meaning('submission', key, asked, route);
    }
    case 'view_closed':
      return { kind: 'nothing', what: body.type };
    case 'shortcut': {
      const asked = { kind: 'shortcut', callback: body.callback_id, text: '', asker } as const;
      return meaning('shortcut', shortcutKey(body), { ...asked, place: null }, route);
    }
    case 'message_action': {
      const place = at(body.channel.id, body.message.thread_ts);
      const text = body.message.text ?? '';
      const { ts } = body.message;
      const message = { channel: body.channel.id, ts, alone: false };
      const callback = body.callback_id;
      const asked = { kind: 'shortcut', callback, text, asker, place, message } as const;
      return meaning('shortcut', shortcutKey(body), asked, route);
    }
  }
}

const shortcutKey = (body: { trigger_id?: string | null | undefined; callback_id: string }) =>
  body.trigger_id ?? body.callback_id;

function clickKey({ trigger_id, actions, user, message }: Click): string {
  if (trigger_id) return trigger_id;
  return [user.id, message?.ts, actions[0]?.action_id, actions[0]?.action_ts].join(':');
}

function clickOf(click: Click, asker: Asked['asker']): Asked {
  const { channel, message, container } = click;
  const [action] = click.actions;
  const ts = message?.ts ?? container?.message_ts;
  const alone = container?.is_ephemeral === true;
  return {
    kind: 'click',
    action: action?.action_id ?? '',
    value: (action && chosen(action)) ?? '',
    asker,
    place: channel ? at(channel.id, message?.thread_ts) : null,
    ...(channel && ts && { message: { channel: channel.id, ts, alone } }),
  };
}

const valuesOf = (
  values: Record<string, Record<string, Parameters<typeof chosen>[0]>>,
): FormValues =>
  Object.fromEntries(
    Object.entries(values).map(([block, fields]) => {
      const [field] = Object.values(fields);
      return [block, field ? chosen(field) : null];
    }),
  );

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

const at = (channel: string, thread?: string | null): Place => ({
  channel,
  thread: thread ?? null,
});

function meaning(
  kind: Delivery['kind'],
  key: string,
  asked: Asked,
  route: Partial<Route> = {},
): Meaning {
  const actor = `${asked.asker.team}:${asked.asker.id}`;
  return {
    kind: 'asked',
    delivery: { key: `${kind}:${key}`, kind, actor },
    asked,
    route: { responseUrl: null, triggerId: null, thread: null, ...route },
  };
}
