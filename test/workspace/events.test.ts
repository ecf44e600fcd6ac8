import { describe, expect, test } from 'vitest';
import { app, channels, directMessage, groups, people } from '../../workspace/people.ts';
import { type Envelope, openSocket, type Reaction, silence } from './raw-app.ts';
import { narrowManifest, ownManifest, runWorkspace, wideManifest } from './run-workspace.ts';

const as = people.onCall1;

async function withApp(react: Reaction = () => undefined, options = {}) {
  const workspace = await runWorkspace(options);
  const socket = await openSocket(workspace.url, react);
  const event = (type: string) =>
    socket.next(({ payload }) => payload?.event?.type === type).then(({ payload }) => payload);
  return { ...workspace, socket, event };
}

const events = (received: Envelope[]) =>
  received.flatMap(({ payload }) => (payload?.event ? [payload.event.type] : []));

describe('a mention', () => {
  test('in a channel comes as an event of its own, with the text as markup', async () => {
    const { members, event } = await withApp(undefined, { manifest: ownManifest() });
    const channel = channels.incidents;
    await members.type({ as, channel, text: '@Gatehouse status <b> #auth-ops' });
    expect(await event('app_mention')).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ user_id: app.botUser, is_bot: true }],
      event: {
        user: as,
        text: `<@${app.botUser}> status &lt;b&gt; <#${channels.authOps}|auth-ops>`,
        channel,
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                elements: [
                  { type: 'user', user_id: app.botUser },
                  { type: 'text', text: ' status <b> ' },
                  { type: 'channel', channel_id: channels.authOps },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  test('in a thread names the thread', async () => {
    const { members, event } = await withApp();
    const channel = channels.incidents;
    await members.type({ as, channel, text: 'outage' });
    const threadTs = (await members.look(as)).messages[0]?.ts ?? '';
    await members.type({ as, channel, text: '@gatehouse status', threadTs });
    expect((await event('app_mention')).event).toMatchObject({ thread_ts: threadTs });
  });

  test('where the app is not reaches only its author, from Slackbot', async () => {
    const { members, socket } = await withApp();
    const channel = channels.security;
    await members.type({ as: people.security, channel, text: '@gatehouse status' });
    const { messages } = await members.look(people.security);
    expect(messages).toMatchObject([{ user: people.security }, { fromSlackbot: true }]);
    expect((await members.look(people.manager1)).messages).toHaveLength(1);
    expect(events(socket.received)).toEqual([]);
  });

  test('in a direct message is a message like any other', async () => {
    const { members, socket, event } = await withApp();
    const channel = directMessage(as);
    await members.type({ as, channel, text: '@gatehouse status' });
    expect((await event('message')).event).toMatchObject({ channel_type: 'im', channel });
    expect(events(socket.received)).toEqual(['message']);
  });

  test('of a partner says which team it comes from', async () => {
    const { members, event } = await withApp();
    const mention = { channel: channels.incidents, text: '@gatehouse status' };
    await members.type({ as: people.external, ...mention });
    const { event: heard, team_id } = await event('app_mention');
    expect(heard.user_team).not.toBe(team_id);
  });
});

describe('the app hears', () => {
  test('only what its manifest asks for', async () => {
    const { members, socket, event } = await withApp(undefined, {
      manifest: narrowManifest(['commands', 'chat:write'], ['app_home_opened']),
    });
    const channel = channels.incidents;
    await members.type({ as, channel, text: 'no mention' });
    await members.archive({ as, channel });
    await members.openHome({ as });
    await event('app_home_opened');
    expect(events(socket.received)).toEqual(['app_home_opened']);
  });

  test('that somebody left the company, or changed roles', async () => {
    const { members, event, web } = await withApp();
    await members.member({ user: people.onCall2, deactivated: true });
    expect((await event('user_change')).event.user).toMatchObject({
      id: people.onCall2,
      deleted: true,
    });
    await members.group({ group: groups.oncall, members: [people.onCall1, people.viewer] });
    expect((await event('subteam_members_changed')).event).toMatchObject({
      subteam_id: groups.oncall,
      added_users: [people.viewer],
      removed_users: [people.onCall2],
    });
    const { event: updated } = await event('subteam_updated');
    expect(updated.subteam).toMatchObject({ users: [people.onCall1, people.viewer] });
    expect(await web.usergroups.users.list({ usergroup: groups.oncall })).toMatchObject({
      users: [people.onCall1, people.viewer],
    });
  });

  test('that one joined a group and another left it, at the same time, and neither change is lost', async () => {
    const { members, event, web } = await withApp();
    const group = groups.oncall;
    await Promise.all([
      members.group({ group, join: people.viewer }),
      members.group({ group, leave: people.onCall2 }),
      members.group({ group, join: people.viewer }),
    ]);
    expect((await event('subteam_members_changed')).event).toMatchObject({ subteam_id: group });
    const { users } = await web.usergroups.users.list({ usergroup: group });
    expect(users).toEqual([people.onCall1, people.viewer]);
    const nobody = await members.group({ group, join: 'U0NOBODY' });
    expect(nobody).toMatchObject({ ok: false });
  });

  test('of channels, members, pins and reactions', async () => {
    const { members, event, web } = await withApp();
    const channel = channels.incidents;
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'x' });
    await members.react({ as, channel, ts, name: 'eyes' });
    expect((await event('reaction_added')).event).toMatchObject({
      user: as,
      reaction: 'eyes',
      item: { channel, ts },
      item_user: app.botUser,
    });
    await web.pins.add({ channel, timestamp: ts });
    expect((await event('pin_added')).event).toMatchObject({ channel_id: channel, pin_count: 1 });
    await members.invite({ as, channel: channels.authOps, user: people.guest });
    expect((await event('member_joined_channel')).event).toMatchObject({
      user: people.guest,
      inviter: as,
    });
    await members.archive({ as, channel });
    expect((await event('channel_archive')).event).toMatchObject({ channel, user: as });
  });
});

describe('an event', () => {
  test('is sent again three times, with the same id, until it is acknowledged', async () => {
    const options = { ackMs: 20, retryDelays: [0, 5, 10] };
    const { members, socket } = await withApp(() => silence, options);
    await members.openHome({ as });
    const third = await socket.next(({ retry_attempt }) => retry_attempt === 3);
    expect(third).toMatchObject({ retry_reason: 'timeout', accepts_response_payload: false });
    const sent = socket.received.filter(({ type }) => type === 'events_api');
    expect(sent.map(({ retry_attempt }) => retry_attempt)).toEqual([0, 1, 2, 3]);
    expect(new Set(sent.map(({ payload }) => payload.event_id)).size).toBe(1);
    expect(new Set(sent.map(({ envelope_id }) => envelope_id)).size).toBe(4);
  });

  test('waits for a connection that comes back', async () => {
    const { members, url } = await runWorkspace({ retryDelays: [0, 200, 400] });
    expect(await members.openHome({ as })).toMatchObject({ ok: false, error: 'dispatch_failed' });
    const socket = await openSocket(url);
    const again = await socket.next(({ type }) => type === 'events_api');
    expect(again).toMatchObject({ retry_reason: 'connection_failed' });
    expect(again.retry_attempt).toBeGreaterThan(1);
  });

  test('is acknowledged once and not sent again; a click is never sent again', async () => {
    const options = { ackMs: 1_500, retryDelays: [0, 0, 0] };
    let answers = 0;
    const { members, socket } = await withApp(() => {
      answers += 1;
      return answers === 1 ? silence : undefined;
    }, options);
    await members.openHome({ as });
    await socket.next(({ retry_attempt }) => retry_attempt === 1);
    await members.shortcut({ as, callbackId: 'check-services' });
    await members.type({ as, channel: channels.general, text: '/auth' });
    expect(socket.received.slice(1).map(({ type }) => type)).toEqual([
      'events_api',
      'events_api',
      'interactive',
      'slash_commands',
    ]);
  });

  test('comes several times when it should', async () => {
    const { members, socket } = await withApp(undefined, { manifest: wideManifest([]) });
    await members.faults({ copies: 3 });
    await members.openHome({ as });
    await members.type({ as, channel: channels.general, text: '/auth' });
    const kinds = socket.received.slice(1).map(({ type }) => type);
    expect(kinds.filter((kind) => kind === 'events_api')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'slash_commands')).toHaveLength(3);
  });

  test('that is held back arrives after its person was told that it failed', async () => {
    const { members, socket } = await withApp(undefined, { ackMs: 20 });
    await members.faults({ delayMs: 2_000 });
    const outcome = await members.type({ as, channel: channels.general, text: '/auth status' });
    expect(outcome).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(events(socket.received)).toEqual([]);
    const late = await socket.next(({ type }) => type === 'slash_commands');
    expect(late.payload.text).toBe('status');
  });
});
