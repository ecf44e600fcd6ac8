import { describe, expect, test } from 'vitest';
import { app, channels, people } from '../../workspace/people.ts';
import { refusal, runWorkspace } from './run-workspace.ts';

describe('a channel', () => {
  test('is made, described, filled, renamed, closed and opened again', async () => {
    const { web, members } = await runWorkspace();
    const made = await web.conversations.create({ name: 'inc-1-login-down' });
    const channel = made.channel?.id ?? '';
    await web.conversations.setTopic({ channel, topic: 'Logins fail' });
    await web.conversations.setPurpose({ channel, purpose: 'To mend them' });
    await web.conversations.invite({ channel, users: `${people.onCall1},${people.manager1}` });
    const seen = (await members.look(people.manager1)).channels.find(({ id }) => id === channel);
    expect(seen).toMatchObject({ topic: 'Logins fail', purpose: 'To mend them', kind: 'channel' });
    expect(seen?.members).toEqual([app.botUser, people.onCall1, people.manager1]);

    await web.conversations.rename({ channel, name: 'inc-1-closed' });
    await web.conversations.kick({ channel, user: people.manager1 });
    expect((await members.look(people.manager1)).channels.map(({ id }) => id)).not.toContain(
      channel,
    );
    await web.conversations.archive({ channel });
    const posting = web.chat.postMessage({ channel, text: 'late' });
    expect(await refusal(posting)).toMatchObject({ error: 'is_archived' });
    await web.conversations.unarchive({ channel });
    const info = await web.conversations.info({ channel, include_num_members: true });
    expect(info.channel).toMatchObject({
      name: 'inc-1-closed',
      previous_names: ['inc-1-login-down'],
      is_archived: false,
      num_members: 2,
    });
  });

  test.each([
    ['name_taken', 'general'],
    ['invalid_name_specials', 'No Capitals'],
    ['invalid_name_specials', 'dots.too'],
    ['invalid_name_maxlength', 'x'.repeat(81)],
    ['invalid_name_required', ''],
    ['invalid_name_punctuation', '---'],
  ])('answers %s to the name %j', async (error, name) => {
    const { web } = await runWorkspace();
    expect(await refusal(web.conversations.create({ name }))).toMatchObject({ error });
  });

  test('turns down what makes no sense', async () => {
    const { web } = await runWorkspace();
    const channel = channels.incidents;
    const user = people.onCall1;
    const errors = await Promise.all(
      [
        web.conversations.invite({ channel, users: user }),
        web.conversations.invite({ channel, users: app.botUser }),
        web.conversations.invite({ channel: channels.authOps, users: people.deactivated }),
        web.conversations.kick({ channel: channels.general, user }),
        web.conversations.kick({ channel, user: app.botUser }),
        web.conversations.setTopic({ channel, topic: 'x'.repeat(251) }),
        web.conversations.archive({ channel: channels.general }),
        web.conversations.unarchive({ channel }),
        web.conversations.join({ channel: channels.security }),
        web.conversations.leave({ channel: channels.general }),
        web.conversations.open({ users: 'U0' }),
        web.conversations.replies({ channel, ts: '1.000001' }),
      ].map(async (call) => (await refusal(call)).error),
    );
    expect(errors).toEqual([
      'already_in_channel',
      'cant_invite_self',
      'already_in_channel',
      'cant_kick_from_general',
      'cant_kick_self',
      'too_long',
      'cant_archive_general',
      'not_archived',
      'channel_not_found',
      'cant_leave_general',
      'user_not_found',
      'thread_not_found',
    ]);
  });

  test('that is private is only known to the app when it was let in', async () => {
    const { web, members } = await runWorkspace();
    const types = 'public_channel,private_channel';
    const names = async () =>
      (await web.conversations.list({ types })).channels?.map(({ name }) => name);
    expect(await names()).toEqual(['general', 'auth-ops', 'incidents']);
    const invitation = { as: people.security, channel: channels.security, user: app.botUser };
    expect(await members.invite(invitation)).toMatchObject({ ok: true });
    expect(await names()).toContain('security');
    const listed = await web.conversations.members({ channel: channels.security });
    expect(listed.members).toContain(app.botUser);
  });

  test('that the app has left takes no message until it has joined again', async () => {
    const { web } = await runWorkspace();
    const channel = channels.authOps;
    await web.conversations.leave({ channel });
    const posting = web.chat.postMessage({ channel, text: 'x' });
    expect(await refusal(posting)).toMatchObject({ error: 'not_in_channel' });
    await web.conversations.join({ channel });
    expect(await web.chat.postMessage({ channel, text: 'x' })).toMatchObject({ ok: true });
    expect(await web.conversations.join({ channel })).toMatchObject({
      warning: 'already_in_channel',
    });
  });
});

describe('the history', () => {
  test('comes newest first, page by page, without replies', async () => {
    const { web } = await runWorkspace();
    const channel = channels.incidents;
    const posted: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      posted.push(String((await web.chat.postMessage({ channel, text })).ts));
    }
    await web.chat.postMessage({ channel, text: 'reply', thread_ts: posted[0] ?? '' });
    const first = await web.conversations.history({ channel, limit: 2 });
    expect(first.messages?.map(({ text }) => text)).toEqual(['three', 'two']);
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const rest = await web.conversations.history({ channel, limit: 2, cursor });
    expect(rest.messages?.map(({ text }) => text)).toEqual(['one']);
    expect(rest.has_more).toBe(false);
  });

  test('lies between oldest and latest', async () => {
    const { web } = await runWorkspace();
    const channel = channels.incidents;
    const posted: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      posted.push(String((await web.chat.postMessage({ channel, text })).ts));
    }
    const [oldest = '', , latest = ''] = posted;
    const between = async (inclusive: boolean) =>
      (await web.conversations.history({ channel, oldest, latest, inclusive })).messages?.map(
        ({ text }) => text,
      );
    expect(await between(false)).toEqual(['two']);
    expect(await between(true)).toEqual(['three', 'two', 'one']);
  });
});

describe('above and below a message', () => {
  test('pins come and go once', async () => {
    const { web, members } = await runWorkspace();
    const channel = channels.incidents;
    const { ts: timestamp = '' } = await web.chat.postMessage({ channel, text: 'the cause' });
    await web.pins.add({ channel, timestamp });
    expect(await refusal(web.pins.add({ channel, timestamp }))).toMatchObject({
      error: 'already_pinned',
    });
    const seen = (await members.look(people.onCall1)).channels.find(({ id }) => id === channel);
    expect(seen?.pins).toEqual([timestamp]);
    expect((await web.pins.list({ channel })).items).toMatchObject([
      { created_by: app.botUser, message: { text: 'the cause' } },
    ]);
    await web.pins.remove({ channel, timestamp });
    expect(await refusal(web.pins.remove({ channel, timestamp }))).toMatchObject({
      error: 'no_pin',
    });
  });

  test('bookmarks are added, changed, listed and removed', async () => {
    const { web, members } = await runWorkspace();
    const channel_id = channels.incidents;
    const link = 'https://example.com/runbook';
    const added = await web.bookmarks.add({ channel_id, title: 'Runbook', type: 'link', link });
    const bookmark_id = String((added.bookmark as { id?: string }).id);
    await web.bookmarks.edit({ channel_id, bookmark_id, title: 'The runbook', link });
    const seen = (await members.look(people.onCall1)).channels.find(({ id }) => id === channel_id);
    expect(seen?.bookmarks).toEqual([{ id: bookmark_id, title: 'The runbook', link, emoji: '' }]);
    const bad = { channel_id, title: 'x', type: 'link', link: 'javascript:alert(1)' } as const;
    expect(await refusal(web.bookmarks.add(bad))).toMatchObject({ error: 'invalid_link' });
    await web.bookmarks.remove({ channel_id, bookmark_id });
    expect((await web.bookmarks.list({ channel_id })).bookmarks).toEqual([]);
  });

  test('reactions count each person once', async () => {
    const { web, members } = await runWorkspace();
    const channel = channels.general;
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'done' });
    const target = { channel, timestamp: ts, name: 'white_check_mark' };
    await web.reactions.add(target);
    expect(await refusal(web.reactions.add(target))).toMatchObject({ error: 'already_reacted' });
    await members.react({ as: people.viewer, channel, ts, name: 'white_check_mark' });
    const reactions = async () => (await members.look(people.viewer)).messages[0]?.reactions;
    const users = [app.botUser, people.viewer];
    expect(await reactions()).toEqual([{ name: 'white_check_mark', users }]);
    await members.react({ as: people.viewer, channel, ts, name: 'white_check_mark' });
    await web.reactions.remove(target);
    expect(await reactions()).toEqual([]);
    expect(await refusal(web.reactions.remove(target))).toMatchObject({ error: 'no_reaction' });
  });
});

describe('a file', () => {
  test('is uploaded by Slack’s own client and shared with a comment', async () => {
    const { web, members, url } = await runWorkspace();
    await web.files.uploadV2({
      channel_id: channels.general,
      filename: 'logs.txt',
      title: 'The rest',
      content: 'line one\nline <two>\n',
      initial_comment: 'All lines',
    });
    const [message] = (await members.look(people.viewer)).messages;
    expect(message).toMatchObject({ text: 'All lines', files: [{ name: 'logs.txt', size: 20 }] });
    const served = await fetch(`${url}${message?.files[0]?.url}`);
    expect(await served.text()).toBe('line one\nline <two>\n');
    expect(served.headers.get('content-type')).toContain('text/plain');
  });

  test.each(['x.html', 'x.svg', 'x.pdf', 'x.json'])(
    'is served as text, in a sandbox: %s',
    async (filename) => {
      const { web, members, url } = await runWorkspace();
      const file = { filename, content: '<script>alert(1)</script>' };
      await web.files.uploadV2({ ...file, channel_id: channels.general });
      const [message] = (await members.look(people.viewer)).messages;
      const served = await fetch(`${url}${message?.files[0]?.url}`);
      expect(served.headers.get('content-type')).toContain('text/plain');
      expect(served.headers.get('content-security-policy')).toContain('sandbox');
    },
  );

  test('is not shared before its bytes have come, and its address takes them once', async () => {
    const { web } = await runWorkspace();
    const asked = await web.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    const id = String(asked.file_id);
    const complete = () => web.files.completeUploadExternal({ files: [{ id }] });
    expect(await refusal(complete())).toMatchObject({ error: 'file_not_found' });
    const send = () => fetch(String(asked.upload_url), { method: 'POST', body: 'abc' });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(404);
    expect(await complete()).toMatchObject({ ok: true, files: [{ id, size: 3 }] });
  });
});
