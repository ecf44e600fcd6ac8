import type { Asked, FormValues } from '../../handlers/desk.ts';
import type { Body } from './body.ts';
import { chosen } from './choice.ts';
import { eventMeaning } from './event-meaning.ts';
import { at, type Meaning, meaning } from './meaning.ts';

type Event = Extract<Body, { type: 'event_callback' }>;
type Interaction = Exclude<Body, Event | { command: string }>;
type Click = Extract<Interaction, { type: 'block_actions' }>;

/** Takes Slack's envelope off. `botUser` is the bot's own user id, if it is known yet. */
export function meaningOf(body: Body, botUser: string | null): Meaning {
  if ('command' in body) return commandOf(body);
  if (body.type !== 'event_callback') return interactionOf(body);
  return eventMeaning(body, botUser);
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
      return meaning('click', clickKey(body), clickOf(body, asker), {
        ...route,
        form: formOf(body),
      });
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

/** The Home tab is a view as well, and no form. */
const formOf = ({ view }: Click) =>
  view?.type === 'modal' && view.hash !== undefined ? { id: view.id, hash: view.hash } : null;

function clickOf(click: Click, asker: Asked['asker']): Asked {
  const { channel, message, container } = click;
  const [action] = click.actions;
  const ts = message?.ts ?? container?.message_ts;
  const alone = container?.is_ephemeral === true;
  const inView = container?.type === 'view';
  return {
    kind: 'click',
    action: action?.action_id ?? '',
    value: (action && chosen(action)) ?? '',
    asker,
    place: channel ? at(channel.id, message?.thread_ts) : null,
    ...(channel && ts && { message: { channel: channel.id, ts, alone } }),
    ...(inView && { inView }),
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
