import { describe, expect, test } from 'vitest';
import { app, channels, people } from '../../workspace/people.ts';
import { openSocket } from './raw-app.ts';
import { refusal, runWorkspace, type TestWorkspace } from './run-workspace.ts';

const as = people.onCall1;
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A workspace with an app that listens; `heard` waits for an event of that type. */
async function withApp() {
  const workspace = await runWorkspace();
  const socket = await openSocket(workspace.url);
  const heard = async (type: string, subtype?: string) => {
    const envelope = await socket.next(
      ({ payload }) => payload?.event?.type === type && payload.event.subtype === subtype,
    );
    return envelope.payload.event;
  };
  const texts = () => socket.received.flatMap(({ payload }) => payload?.event?.text ?? []);
  const types = () => socket.received.flatMap(({ payload }) => payload?.event?.type ?? []);
  return { ...workspace, heard, texts, types };
}

/** A channel of the app's with the on-call engineer in it. */
async function room({ web }: TestWorkspace, name = 'inc-0042-login', is_private = false) {
  const { channel } = await web.conversations.create({ name, is_private });
  const id = channel?.id ?? '';
  await web.conversations.invite({ channel: id, users: as });
  return id;
}

describe('an invitation', () => {
  const users = [people.manager1, 'U0NOBODY', people.onCall1].join();

  test('with a mistake in it lets nobody in, and says each mistake', async () => {
    const workspace = await runWorkspace();
    const channel = await room(workspace);
    const { web } = workspace;
    expect(await refusal(web.conversations.invite({ channel, users }))).toMatchObject({
      error: 'user_not_found',
      errors: [
        { ok: false, error: 'user_not_found', user: 'U0NOBODY' },
        { ok: false, error: 'already_in_channel', user: people.onCall1 },
      ],
    });
    const { members } = await web.conversations.members({ channel });
    expect(members).toEqual([app.botUser, people.onCall1]);
  });

  test('goes on with the rest when it is told to', async () => {
    const workspace = await runWorkspace();
    const channel = await room(workspace);
    const { web } = workspace;
    const answer = await web.conversations.invite({ channel, users, force: true });
    expect(answer).toMatchObject({ ok: true, errors: [{ user: 'U0NOBODY' }, { user: as }] });
    const { members } = await web.conversations.members({ channel });
    expect(members).toContain(people.manager1);
    const nobody = { channel, users: as, force: true };
    expect(await refusal(web.conversations.invite(nobody))).toMatchObject({
      error: 'already_in_channel',
    });
  });

  test('of somebody who has left the company fails, though all others are let in', async () => {
    const workspace = await runWorkspace();
    const channel = await room(workspace);
    const { web } = workspace;
    const both = `${people.deactivated},${people.manager1}`;
    expect(await refusal(web.conversations.invite({ channel, users: both }))).toMatchObject({
      error: 'cant_invite',
      errors: [{ error: 'cant_invite', user: people.deactivated }],
    });
    const { members } = await web.conversations.members({ channel });
    expect(members).toEqual([app.botUser, as, people.manager1]);
  });

  test('names a hundred at most', async () => {
    const workspace = await runWorkspace();
    const channel = await room(workspace);
    const many = Array.from({ length: 101 }, (_, at) => `U${at}`).join();
    expect(
      await refusal(workspace.web.conversations.invite({ channel, users: many })),
    ).toMatchObject({ error: 'too_many_users' });
  });

  test('brings the channel before the eyes of whoever was invited, and of nobody else', async () => {
    const workspace = await runWorkspace();
    const channel = await room(workspace, 'sec-0043', true);
    const { members } = workspace;
    const seen = (await members.look(as)).channels.find(({ id }) => id === channel);
    expect(seen).toMatchObject({ name: 'sec-0043', kind: 'private' });
    const other = await members.look(people.viewer);
    expect(other.channels.map(({ id }) => id)).not.toContain(channel);
    expect(other.rooms.map(({ id }) => id)).not.toContain(channel);
    await room(workspace, 'inc-0044');
    expect((await members.look(people.viewer)).rooms.map(({ name }) => name)).toContain('inc-0044');
  });
});

describe('what people do to a channel reaches the app', () => {
  test('that it was renamed, archived, opened again and deleted', async () => {
    const workspace = await withApp();
    const { members, heard, web } = workspace;
    const channel = await room(workspace);
    expect((await heard('channel_created')).channel).toMatchObject({ id: channel });
    await members.rename({ as, channel, name: 'inc-0042-all-logins' });
    expect((await heard('channel_rename')).channel).toMatchObject({ name: 'inc-0042-all-logins' });
    await members.archive({ as, channel });
    expect(await heard('channel_archive')).toMatchObject({ channel, user: as });
    await members.unarchive({ as, channel });
    expect(await heard('channel_unarchive')).toMatchObject({ channel, user: as });
    await web.chat.postMessage({ channel, text: 'open again' });
    await members.deleteChannel({ as, channel });
    expect(await heard('channel_deleted')).toMatchObject({ channel, actor_id: as });
    expect(await refusal(web.chat.postMessage({ channel, text: 'x' }))).toMatchObject({
      error: 'channel_not_found',
    });
  });

  test('that a private one was archived, under its own name', async () => {
    const workspace = await withApp();
    const channel = await room(workspace, 'sec-0043', true);
    await workspace.members.archive({ as, channel });
    expect(await workspace.heard('group_archive')).toMatchObject({ channel, user: as });
    expect(workspace.types()).not.toContain('channel_archive');
  });

  test('that somebody left, and that it was put out itself; after that it hears nothing', async () => {
    const workspace = await withApp();
    const { members, heard, web, texts, types } = workspace;
    const channel = await room(workspace);
    await web.conversations.invite({ channel, users: people.manager1 });
    await members.kick({ as, channel, user: people.manager1 });
    expect(await heard('member_left_channel')).toMatchObject({ user: people.manager1, channel });
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'card' });
    await members.kick({ as, channel, user: app.botUser });
    expect(await heard('channel_left')).toMatchObject({ channel, actor_id: as });
    await expect
      .poll(() => texts())
      .toContain(`You have been removed from #inc-0042-login by <@${as}>`);
    expect(await refusal(web.chat.postMessage({ channel, text: 'x' }))).toMatchObject({
      error: 'not_in_channel',
    });
    await members.react({ as, channel, ts, name: 'pushpin' });
    await members.pin({ as, channel, ts });
    await members.openHome({ as });
    await heard('app_home_opened');
    expect(types()).not.toContain('reaction_added');
    expect(types()).not.toContain('pin_added');
  });

  test('that its token was revoked', async () => {
    const { members, heard, web } = await withApp();
    await members.faults({ revoked: true });
    expect((await heard('tokens_revoked')).tokens).toEqual({ oauth: [], bot: [app.botUser] });
    expect(await refusal(web.auth.test())).toMatchObject({ error: 'token_revoked' });
  });
});

describe('what people do to messages reaches the app', () => {
  test('that one was changed, with how it was; nobody changes what others wrote', async () => {
    const { members, heard, web } = await withApp();
    const channel = channels.incidents;
    await members.type({ as, channel, text: 'it is the key' });
    const { ts } = await heard('message');
    expect(await members.edit({ as, channel, ts, text: 'it is the *old* key' })).toMatchObject({
      ok: true,
    });
    expect(await heard('message', 'message_changed')).toMatchObject({
      channel,
      hidden: true,
      message: { ts, text: 'it is the *old* key', edited: { user: as } },
      previous_message: { ts, text: 'it is the key' },
    });
    const { ts: card = '' } = await web.chat.postMessage({ channel, text: 'card' });
    const edit = { as, channel, ts: card, text: 'x' };
    expect(await members.edit(edit)).toMatchObject({ error: 'cant_update_message' });
  });

  test('that it wrote, changed or deleted one itself, with the marks of a bot', async () => {
    const { heard, web, types } = await withApp();
    const channel = channels.incidents;
    const own = { bot_id: app.botId, app_id: app.id, user: app.botUser };
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'card' });
    expect(await heard('message')).toMatchObject({ ...own, text: 'card', ts, channel });
    await web.chat.update({ channel, ts, text: 'card, later' });
    expect(await heard('message', 'message_changed')).toMatchObject({
      message: { ...own, text: 'card, later' },
      previous_message: { text: 'card' },
    });
    await web.chat.delete({ channel, ts });
    expect(await heard('message', 'message_deleted')).toMatchObject({ deleted_ts: ts });
    await web.chat.postEphemeral({ channel, user: as, text: 'only you' });
    await web.chat.postMessage({ channel: as, text: 'a direct message' });
    await web.chat.postMessage({ channel, text: 'the last' });
    await expect.poll(() => types().filter((type) => type === 'message')).toHaveLength(4);
  });

  test('that one of its own was deleted: changing it finds nothing any more', async () => {
    const { members, heard, web } = await withApp();
    const channel = channels.incidents;
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'card' });
    await members.remove({ as, channel, ts });
    expect(await heard('message', 'message_deleted')).toMatchObject({
      deleted_ts: ts,
      previous_message: { text: 'card', bot_id: app.botId },
    });
    expect(await refusal(web.chat.update({ channel, ts, text: 'x' }))).toMatchObject({
      error: 'message_not_found',
    });
  });

  test('that one was pinned and is no more, by whom', async () => {
    const { members, heard, web } = await withApp();
    const channel = channels.incidents;
    await members.type({ as, channel, text: 'the cause' });
    const { ts } = await heard('message');
    await members.pin({ as, channel, ts });
    expect(await heard('pin_added')).toMatchObject({ user: as, item: { message: { ts } } });
    expect((await web.pins.list({ channel })).items).toMatchObject([{ created_by: as }]);
    await members.pin({ as, channel, ts });
    expect(await heard('pin_removed')).toMatchObject({ user: as, has_pins: false });
  });
});

describe('a picture that is shared nowhere', () => {
  async function upload(web: TestWorkspace['web'], filename = 'chart.png') {
    const asked = await web.files.getUploadURLExternal({ filename, length: pixel.length });
    await fetch(String(asked.upload_url), { method: 'POST', body: new Uint8Array(pixel) });
    const id = String(asked.file_id);
    const done = await web.files.completeUploadExternal({ files: [{ id, title: 'Health' }] });
    return { id, done };
  }
  const image = (id: string) => ({
    type: 'image' as const,
    slack_file: { id },
    alt_text: 'All checks fail since 14:03',
  });
  const channel = channels.incidents;

  test('is shown by a message that names it, and no message shows it by itself', async () => {
    const { web, members, url } = await runWorkspace();
    const { id, done } = await upload(web);
    expect(done.files).toMatchObject([{ id, mimetype: '' }]);
    expect((await members.look(as)).messages).toEqual([]);
    expect((await web.files.info({ file: id })).file).toMatchObject({
      mimetype: 'image/png',
      channels: [],
    });
    await web.chat.postMessage({ channel, text: 'x', blocks: [image(id)] });
    const served = await fetch(`${url}/files/${id}/picture`);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(pixel);
  });

  test('can be shown only once Slack has looked at it', async () => {
    const { web, members } = await runWorkspace();
    await members.faults({ fileMs: 80 });
    const { id } = await upload(web);
    expect((await web.files.info({ file: id })).file).toMatchObject({ mimetype: '' });
    const posting = web.chat.postMessage({ channel, text: 'x', blocks: [image(id)] });
    expect(await refusal(posting)).toMatchObject({
      error: 'invalid_blocks',
      errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'],
    });
    const ready = async () => (await web.files.info({ file: id })).file?.mimetype;
    await expect.poll(ready).toBe('image/png');
    await web.chat.postMessage({ channel, text: 'x', blocks: [image(id)] });
  });

  test('must exist and be a picture', async () => {
    const { web } = await runWorkspace();
    const { id: text } = await upload(web, 'chart.txt');
    for (const id of ['F0000000000', text]) {
      const posting = web.chat.postMessage({ channel, text: 'x', blocks: [image(id)] });
      expect(await refusal(posting)).toMatchObject({ error: 'invalid_blocks' });
    }
    expect(await refusal(web.files.info({ file: 'F0000000000' }))).toMatchObject({
      error: 'file_not_found',
    });
  });
});

test('a reply can be shown in the channel as well', async () => {
  const { web, members } = await runWorkspace();
  const channel = channels.incidents;
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'the incident' });
  const reply = { channel, thread_ts: ts, text: 'mended', reply_broadcast: true as const };
  expect((await web.chat.postMessage(reply)).message).toMatchObject({
    subtype: 'thread_broadcast',
    thread_ts: ts,
  });
  const { messages } = await web.conversations.history({ channel });
  expect(messages?.map(({ text }) => text)).toEqual(['mended', 'the incident']);
  expect((await members.look(as)).messages.at(-1)).toMatchObject({ broadcast: true, threadTs: ts });
});

test('a method can be turned down under any name of an error, and is taken up again', async () => {
  const workspace = await runWorkspace();
  const channel = await room(workspace);
  const { web, members } = workspace;
  await members.faults({ refuse: { 'conversations.setTopic': 'restricted_action' } });
  const topic = () => web.conversations.setTopic({ channel, topic: 'x' });
  expect(await refusal(topic())).toMatchObject({ error: 'restricted_action' });
  await members.faults({ refuse: {} });
  expect(await topic()).toMatchObject({ ok: true });
});

test('the app’s own channels are listed, and a message tells who reacted', async () => {
  const workspace = await runWorkspace();
  const channel = await room(workspace);
  const { web, members } = workspace;
  await web.conversations.leave({ channel: channels.authOps });
  const listed = (await web.users.conversations({})).channels?.map(({ name }) => name);
  expect(listed).toEqual(['general', 'incidents', 'inc-0042-login']);
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'x' });
  await members.react({ as, channel, ts, name: 'pushpin' });
  expect((await web.reactions.get({ channel, timestamp: ts })).message).toMatchObject({
    reactions: [{ name: 'pushpin', users: [as], count: 1 }],
  });
});
