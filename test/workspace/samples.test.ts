import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { methods } from '../../workspace/methods/index.ts';
import { channels, groups, people } from '../../workspace/people.ts';
import {
  missingKeys,
  sampleNames,
  unknownKeys,
  wrongTypes,
} from '../../workspace/samples/compare.ts';
import { calls, newChannel, newMessage, newModal } from './samples/calls.ts';
import { type Json, type Slack, startSlack } from './samples/slack.ts';

let slack: Slack;

beforeAll(async () => {
  slack = await startSlack();
});

afterAll(() => slack?.close());

/** Where the workspace is right and the sample says something else. */
const accepted: Record<string, string[]> = {
  // Commands come as a form, in which every value is a text, also over a socket.
  slash_commands: ['is_enterprise_install: str, not bool'],
};

const strange = (name: string, value: Json): string[] =>
  [...unknownKeys(name, value), ...wrongTypes(name, value)].filter(
    (line) => !accepted[name]?.includes(line),
  );

describe('every method that the workspace serves', () => {
  test.each(Object.keys(methods).sort())('%s answers with the keys of Slack', async (method) => {
    const call = calls[method] ?? expect.fail(`samples/calls.ts has no call of ${method}`);
    const answer = await call(slack);
    expect(answer).toMatchObject({ ok: true });
    if (sampleNames.includes(method)) expect(strange(method, answer)).toEqual([]);
  });
});

describe('every payload that the workspace sends', () => {
  const as = people.onCall1;
  const channel = channels.authOps;
  const mostEvents = ['event.type', 'event.event_ts', 'event_id', 'event_time', 'team_id'];
  const inMessage = async () => ({ channel, ts: await newMessage(slack) });

  const newWords = async () => {
    await slack.control('type', { as, channel, text: 'words' });
    const { snapshot } = await slack.control('look', { as });
    return snapshot.messages.at(-1)?.ts ?? '';
  };

  const payloads: [name: string, cause: () => Promise<unknown>, required: string[]][] = [
    [
      'slash_commands',
      () => slack.control('type', { as, channel, text: '/auth status' }),
      [
        'command',
        'text',
        'user_id',
        'user_name',
        'team_id',
        'channel_id',
        'channel_name',
        'response_url',
        'trigger_id',
        'api_app_id',
        'token',
      ],
    ],
    [
      'app_mention',
      () => slack.control('type', { as, channel, text: '@gatehouse status' }),
      [
        ...mostEvents,
        'event.user',
        'event.text',
        'event.channel',
        'event.ts',
        'authorizations[].is_bot',
      ],
    ],
    [
      'block_actions',
      async () =>
        slack.control('act', { as, actionId: 'press', blockId: 'row', message: await inMessage() }),
      [
        'type',
        'user.id',
        'team.id',
        'channel.id',
        'message.ts',
        'container.type',
        'trigger_id',
        'response_url',
        'actions[].action_id',
        'actions[].block_id',
        'actions[].value',
        'actions[].type',
        'actions[].action_ts',
      ],
    ],
    [
      'view_submission',
      async () =>
        slack.control('submit', {
          as,
          view: await newModal(slack),
          values: { q: { a: 'answer' } },
        }),
      [
        'type',
        'user.id',
        'team.id',
        'trigger_id',
        'view.id',
        'view.callback_id',
        'view.private_metadata',
        'view.state',
        'view.hash',
      ],
    ],
    [
      'view_closed',
      async () => slack.control('close', { as, view: await newModal(slack) }),
      ['type', 'user.id', 'team.id', 'view.id', 'view.callback_id', 'is_cleared'],
    ],
    [
      'shortcut',
      () => slack.control('shortcut', { as, callbackId: 'check-services' }),
      ['type', 'callback_id', 'trigger_id', 'user.id', 'team.id', 'action_ts'],
    ],
    [
      'message_action',
      async () =>
        slack.control('shortcut', {
          as,
          callbackId: 'explain-message',
          message: await inMessage(),
        }),
      [
        'type',
        'callback_id',
        'trigger_id',
        'user.id',
        'team.id',
        'channel.id',
        'message.text',
        'message_ts',
        'response_url',
      ],
    ],
    [
      'app_home_opened',
      () => slack.control('openHome', { as }),
      [...mostEvents, 'event.user', 'event.channel', 'event.tab'],
    ],
    [
      'reaction_added',
      async () => slack.control('react', { as, name: 'eyes', ...(await inMessage()) }),
      [...mostEvents, 'event.user', 'event.reaction', 'event.item.ts', 'event.item.channel'],
    ],
    [
      'pin_added',
      async () => slack.api('pins.add', { channel, timestamp: await newMessage(slack) }),
      [...mostEvents, 'event.user', 'event.channel_id', 'event.item.type'],
    ],
    ['pin_removed', () => calls['pins.remove']?.(slack) ?? Promise.resolve(), mostEvents],
    [
      'user_change',
      () => slack.control('member', { user: people.viewer, guest: true }),
      [
        'event.type',
        'event.user.id',
        'event.user.deleted',
        'event.user.is_restricted',
        'event.user.profile',
      ],
    ],
    [
      'subteam_members_changed',
      () => slack.control('group', { group: groups.viewers, members: [people.auditor] }),
      [
        ...mostEvents,
        'event.subteam_id',
        'event.team_id',
        'event.added_users',
        'event.removed_users',
      ],
    ],
    [
      'subteam_updated',
      () => slack.control('group', { group: groups.viewers, members: [people.viewer] }),
      [...mostEvents, 'event.subteam.id', 'event.subteam.handle', 'event.subteam.users'],
    ],
    [
      'message_changed',
      async () => {
        const ts = await newWords();
        await slack.control('edit', { as, channel, ts, text: 'other words' });
      },
      [...mostEvents, 'event.subtype', 'event.message.text', 'event.previous_message', 'event.ts'],
    ],
    [
      'message_deleted',
      async () => slack.control('remove', { as, channel, ts: await newWords() }),
      [...mostEvents, 'event.subtype', 'event.deleted_ts', 'event.previous_message'],
    ],
    [
      'channel_archive',
      async () => slack.api('conversations.archive', { channel: await newChannel(slack) }),
      [...mostEvents, 'event.channel', 'event.user'],
    ],
    [
      'member_joined_channel',
      () => newChannel(slack),
      [...mostEvents, 'event.user', 'event.channel', 'event.channel_type', 'event.team'],
    ],
  ];

  test('is tried here, as far as there is a sample of it', () => {
    const samples = sampleNames.filter((name) => !name.includes('.'));
    expect(payloads.map(([name]) => name).sort()).toEqual(samples);
  });

  test.each(payloads)('%s has the keys of Slack', async (name, cause, required) => {
    const next = slack.next(name);
    await cause();
    const payload = await next;
    expect(strange(name, payload)).toEqual([]);
    expect(missingKeys(name, payload, required)).toEqual([]);
  });
});
