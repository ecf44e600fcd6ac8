import { describe, expect, test } from 'vitest';
import { meaningOf } from '../../../src/bot/receiving/asked.ts';
import { readBody } from '../../../src/bot/receiving/body.ts';
import * as samples from '../samples.ts';

function meaning(payload: object, botUser: string | null = 'UBOT') {
  const read = readBody(payload);
  if (!read.ok || read.value.kind !== 'body') throw new Error(`not read: ${JSON.stringify(read)}`);
  return meaningOf(read.value.body, botUser);
}

const asker = { id: 'U1', team: 'T1' };
const asked = (payload: object) => (expected: object) =>
  expect(meaning(payload)).toMatchObject(expected);

describe('what was asked', () => {
  test('a command: its text as Slack sent it', () => {
    const url = 'https://hooks.slack.com/commands/1';
    asked(samples.command('logs &lt;x&gt;', { response_url: url, trigger_id: '1.2' }))({
      delivery: { key: 'command:1.2', kind: 'command', actor: 'T1:U1' },
      asked: {
        kind: 'command',
        text: 'logs &lt;x&gt;',
        asker,
        place: { channel: 'C1', thread: null },
      },
      route: { responseUrl: url, triggerId: '1.2', thread: null },
    });
  });

  test.each([
    ['the name first', '<@UBOT> status', 'status'],
    ['with a label', '<@UBOT|gatehouse>  status', 'status'],
    ['in the middle', 'hey <@U2>, ask <@UBOT> status rust-auth', 'status rust-auth'],
    ['alone', '<@UBOT>', ''],
  ])('a mention: what follows the name of the bot, %s', (_how, text, expected) => {
    asked(samples.mention(text))({ asked: { kind: 'mention', text: expected, asker } });
  });

  test('a mention while nobody knows yet who the bot is: what follows the first name', () => {
    expect(meaning(samples.mention('<@UBOT> status'), null)).toMatchObject({
      asked: { text: 'status' },
    });
  });

  test('a mention outside of a thread is answered in its own, one inside of it there', () => {
    asked(samples.mention('<@UBOT> x'))({
      asked: { place: { channel: 'C1', thread: null } },
      route: { thread: '5.5' },
    });
    asked(samples.mention('<@UBOT> x', { thread_ts: '4.4' }))({
      asked: { place: { channel: 'C1', thread: '4.4' } },
      route: { thread: '4.4' },
    });
  });

  test('a click: which message it was in, and whether somebody else can see that', () => {
    const place = { channel: { id: 'C1' } };
    const clicked = (container: object, message?: object) =>
      meaning(samples.click({ value: 'x' }, { ...place, container, message }));
    const shown = { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: false };
    expect(clicked(shown, { ts: '1.1', text: '' })).toMatchObject({
      asked: { message: { channel: 'C1', ts: '1.1', alone: false } },
    });
    expect(clicked({ ...shown, is_ephemeral: true })).toMatchObject({
      asked: { message: { channel: 'C1', ts: '1.1', alone: true } },
    });
    expect(clicked({ type: 'view', view_id: 'V1' })).not.toHaveProperty('asked.message');
  });

  test('a mention by somebody from elsewhere is by their team', () => {
    asked(samples.mention('<@UBOT> x', { user_team: 'T9', team: 'T9' }))({
      asked: { asker: { id: 'U1', team: 'T9' } },
    });
  });

  test.each(['status', '<@UBOT> status'])('what is written to the bot alone: %s', (text) => {
    asked(samples.directMessage(text))({
      asked: { kind: 'command', text: 'status', asker, place: { channel: 'D1', thread: null } },
      route: { thread: null, responseUrl: null },
    });
  });

  test('what is written to the bot alone in a thread is answered there', () => {
    asked(samples.directMessage('status', { thread_ts: '4.4' }))({ route: { thread: '4.4' } });
  });

  test.each([
    ['of the bot itself', { user: 'UBOT' }],
    ['of a bot', { bot_id: 'B1' }],
    ['that was edited', { subtype: 'message_changed', user: undefined, text: undefined }],
    ['that only brings a file', { text: '' }],
    ['of Slackbot, who wears no mark of a bot', { user: 'USLACKBOT' }],
  ])('a message %s asks nothing', (_what, more) => {
    expect(meaning(samples.directMessage('status', more)).kind).toBe('nothing');
  });

  test('what somebody says in a channel asks nothing, and is a sign of life', () => {
    const here = { channel_type: 'channel', channel: 'C1' };
    expect(meaning(samples.directMessage('status', here))).toEqual({
      kind: 'noticed',
      delivery: null,
      noticed: { kind: 'spoke', channel: 'C1', by: expect.any(String) },
    });
    for (const own of [{ user: 'UBOT' }, { bot_id: 'B1' }, { subtype: 'channel_join' }]) {
      expect(meaning(samples.directMessage('status', { ...here, ...own })).kind).toBe('nothing');
    }
  });

  test('a bot that mentions the bot asks nothing', () => {
    expect(meaning(samples.mention('<@UBOT> x', { bot_id: 'B1' })).kind).toBe('nothing');
  });

  test.each([
    ['a button', { value: 'status' }, 'status'],
    ['a button without a value', {}, ''],
    ['a select', { selected_option: { value: 'a' } }, 'a'],
    ['several options', { selected_options: [{ value: 'a' }, { value: 'b' }] }, 'a,b'],
    ['a person', { selected_user: 'U2' }, 'U2'],
    ['a date', { selected_date: '2026-01-02' }, '2026-01-02'],
  ])('a click on %s', (_what, action, value) => {
    asked(samples.click(action))({
      delivery: { kind: 'click' },
      asked: {
        kind: 'click',
        action: 'ask:1',
        value,
        asker,
        place: { channel: 'C1', thread: null },
      },
    });
  });

  test('a click in a thread, and one on the Home tab', () => {
    const inThread = { message: { ts: '1.1', thread_ts: '0.9', text: '' } };
    asked(samples.click({}, inThread))({ asked: { place: { channel: 'C1', thread: '0.9' } } });
    const home = { channel: undefined, message: undefined, view: { id: 'V1', type: 'home' } };
    asked(samples.click({}, home))({ asked: { place: null } });
  });

  test('a form: its fields by block, an empty one null', () => {
    const values = {
      reason: { text: { type: 'plain_text_input', value: 'why not' } },
      nothing: { text: { type: 'plain_text_input', value: null } },
      env: { env: { type: 'static_select', selected_option: { value: 'prod' } } },
    };
    asked(samples.submission(values))({
      delivery: { kind: 'submission' },
      asked: {
        kind: 'submission',
        callback: 'ask',
        values: { reason: 'why not', nothing: null, env: 'prod' },
      },
    });
  });

  test('shortcuts, from anywhere and on a message', () => {
    asked(samples.shortcut())({
      asked: { kind: 'shortcut', callback: 'check-services', text: '', asker, place: null },
    });
    asked(samples.messageShortcut('redis-cli FLUSHALL'))({
      asked: { callback: 'explain-message', text: 'redis-cli FLUSHALL', place: { channel: 'C1' } },
    });
  });

  test('the Home tab, but not the other tab of the app', () => {
    const opened = (tab: string) =>
      meaning(samples.event({ type: 'app_home_opened', user: 'U1', tab }));
    expect(opened('home')).toMatchObject({ asked: { kind: 'home', asker } });
    expect(opened('messages').kind).toBe('nothing');
  });

  test('a form that was closed asks nothing', () => {
    expect(meaning(samples.submission({}, { type: 'view_closed' })).kind).toBe('nothing');
  });

  test('somebody whose team Slack does not name has none', () => {
    const user = { id: 'U1', username: 'x' };
    asked(samples.click({}, { user, team: null }))({ asked: { asker: { id: 'U1', team: '' } } });
  });
});

test('what changes about people and groups is told apart', () => {
  const changed = (inner: object) => meaning(samples.event(inner));
  expect(changed({ type: 'user_change', user: { id: 'U1' } })).toEqual({
    kind: 'changed',
    what: 'person',
    id: 'U1',
  });
  const group = { kind: 'changed', what: 'group', id: 'S1' };
  expect(changed({ type: 'subteam_updated', subteam: { id: 'S1' } })).toEqual(group);
  expect(changed({ type: 'subteam_members_changed', subteam_id: 'S1' })).toEqual(group);
});

describe('the key of a delivery', () => {
  const keyOf = (payload: object) => {
    const found = meaning(payload);
    return found.kind === 'asked' ? found.delivery.key : null;
  };
  const doings: [string, () => object][] = [
    ['a command', () => samples.command('status')],
    ['a click', () => samples.click({})],
    ['a form', () => samples.submission({})],
    ['a shortcut', () => samples.shortcut()],
    ['a shortcut on a message', () => samples.messageShortcut('x')],
    ['a mention', () => samples.mention('<@UBOT> x')],
  ];
  test.each(doings)(
    'is the same for a copy of %s, and another when it is done again',
    (_what, doing) => {
      const first = doing();
      expect(keyOf(structuredClone(first))).toBe(keyOf(first));
      expect(keyOf(doing())).not.toBe(keyOf(first));
    },
  );

  test('a click without a trigger is told by who, where and when', () => {
    const key = (more: object) =>
      keyOf(samples.click({ action_ts: '7.7', ...more }, { trigger_id: null }));
    expect(key({})).toBe('click:U1:1.1:ask:1:7.7');
    expect(key({ action_ts: '7.8' })).not.toBe(key({}));
  });
});
