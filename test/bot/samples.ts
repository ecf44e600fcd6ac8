/** What Slack sends, as in its published samples, with the ids of a made-up team. */
let count = 0;
const next = (prefix: string) => `${prefix}${++count}`;

/** The fields of `/auth`. */
export const command = (text: string, more: object = {}) => ({
  token: 'legacy',
  api_app_id: 'A1',
  team_id: 'T1',
  team_domain: 'auth',
  channel_id: 'C1',
  channel_name: 'oncall',
  user_id: 'U1',
  user_name: 'oncall',
  command: '/auth',
  text,
  trigger_id: next('trigger.'),
  is_enterprise_install: 'false',
  ...more,
});

/** A button that was pressed in a message of a channel. */
export const click = (action: object, more: object = {}) => ({
  type: 'block_actions',
  user: { id: 'U1', username: 'oncall', team_id: 'T1' },
  team: { id: 'T1', domain: 'auth' },
  api_app_id: 'A1',
  trigger_id: next('trigger.'),
  container: { type: 'message', message_ts: '1.1', channel_id: 'C1' },
  channel: { id: 'C1', name: 'oncall' },
  message: { type: 'message', ts: '1.1', text: 'before' },
  actions: [{ type: 'button', action_id: 'ask:1', block_id: 'b', action_ts: '2.2', ...action }],
  ...more,
});

/** A form that was submitted. */
export const submission = (values: object, more: object = {}) => ({
  type: 'view_submission',
  user: { id: 'U1', username: 'oncall', team_id: 'T1' },
  team: { id: 'T1', domain: 'auth' },
  trigger_id: next('trigger.'),
  view: { id: 'V1', type: 'modal', callback_id: 'ask', hash: 'h.1', state: { values } },
  response_urls: [],
  ...more,
});

/** An event in its callback. */
export const event = (inner: object, more: object = {}) => ({
  token: 'legacy',
  team_id: 'T1',
  api_app_id: 'A1',
  type: 'event_callback',
  event_id: next('Ev'),
  event_time: 1,
  authorizations: [{ team_id: 'T1', enterprise_id: null, user_id: 'UBOT', is_bot: true }],
  event: inner,
  ...more,
});

/** A mention of the app in a channel. */
export const mention = (text: string, more: object = {}) =>
  event({
    type: 'app_mention',
    user: 'U1',
    team: 'T1',
    text,
    ts: '5.5',
    channel: 'C1',
    event_ts: '5.5',
    ...more,
  });

/** What somebody writes to the bot alone. */
export const directMessage = (text: string, more: object = {}) =>
  event({
    type: 'message',
    channel_type: 'im',
    user: 'U1',
    team: 'T1',
    text,
    ts: '6.6',
    channel: 'D1',
    event_ts: '6.6',
    ...more,
  });

/** A shortcut on a message. */
export const messageShortcut = (text: string, more: object = {}) => ({
  type: 'message_action',
  user: { id: 'U1', name: 'oncall', team_id: 'T1' },
  team: { id: 'T1', domain: 'auth' },
  trigger_id: next('trigger.'),
  callback_id: 'explain-message',
  channel: { id: 'C1', name: 'oncall' },
  message: { type: 'message', ts: '3.3', text, user: 'U2' },
  ...more,
});

/** A shortcut from anywhere. */
export const shortcut = (more: object = {}) => ({
  type: 'shortcut',
  user: { id: 'U1', username: 'oncall', team_id: 'T1' },
  team: { id: 'T1', domain: 'auth' },
  trigger_id: next('trigger.'),
  callback_id: 'check-services',
  action_ts: '4.4',
  ...more,
});

/** A frame of Socket Mode. */
export const frame = (type: string, payload: unknown) => ({
  envelope_id: next('envelope-'),
  type,
  accepts_response_payload: type !== 'events_api',
  payload,
});

/** `/auth` in its frame. */
export const commandFrame = (text: string, more: object = {}) =>
  frame('slash_commands', command(text, more));
