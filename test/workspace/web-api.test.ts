import { describe, expect, test } from 'vitest';
import { channels, directMessage, people, team } from '../../workspace/people.ts';
import {
  narrowManifest,
  ownManifest,
  refusal,
  runWorkspace,
  tokens,
  webClient,
} from './run-workspace.ts';

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('the token', () => {
  test('tells who the app is', async () => {
    const { web, url } = await runWorkspace();
    expect(await web.auth.test()).toMatchObject({ ok: true, team_id: team.id, url: `${url}/` });
  });

  test('is asked for, and must be the right one of the two', async () => {
    const { url } = await runWorkspace();
    const say = { channel: channels.general, text: 'x' };
    expect(await refusal(webClient(url).chat.postMessage(say))).toMatchObject({
      error: 'not_authed',
    });
    expect(await refusal(webClient(url, 'xoxb-other').auth.test())).toMatchObject({
      error: 'invalid_auth',
    });
    expect(await refusal(webClient(url, tokens.app).chat.postMessage(say))).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await refusal(webClient(url, tokens.bot).apps.connections.open())).toMatchObject({
      error: 'not_allowed_token_type',
    });
  });

  test('may also be an argument', async () => {
    const { url } = await runWorkspace();
    const body = new URLSearchParams({ token: tokens.bot });
    const response = await fetch(`${url}/api/auth.test`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ ok: true });
  });

  test('can only do what the manifest asks for', async () => {
    const { web, url } = await runWorkspace({
      manifest: narrowManifest(['commands', 'chat:write']),
    });
    const adding = web.pins.add({ channel: channels.general, timestamp: '1.1' });
    expect(await refusal(adding)).toMatchObject({
      error: 'missing_scope',
      needed: 'pins:write',
      provided: expect.stringContaining('chat:write'),
    });
    const response = await fetch(`${url}/api/pins.add`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.bot}` },
    });
    expect(response.headers.get('x-accepted-oauth-scopes')).toBe('pins:write');
    expect(response.headers.get('x-oauth-scopes')).toContain('chat:write');
  });

  test('needs the scope for the kind of channel it is about', async () => {
    const { web } = await runWorkspace({ manifest: narrowManifest(['commands', 'chat:write']) });
    const info = (channel: string) => refusal(web.conversations.info({ channel }));
    expect(await info(channels.general)).toMatchObject({ needed: 'channels:read' });
    expect(await info(channels.security)).toMatchObject({ needed: 'groups:read' });
    expect(await info(directMessage(people.viewer))).toMatchObject({ needed: 'im:read' });
  });

  test('reads addresses of people only with the scope for that', async () => {
    const wide = await runWorkspace();
    const manifest = ownManifest().replace(/^ *- users:read\.email\n/m, '');
    const narrow = await runWorkspace({ manifest });
    const user = people.onCall1;
    const known = await wide.web.users.info({ user });
    expect(known.user?.profile?.email).toBe('oncall-1@example.com');
    expect((await narrow.web.users.info({ user })).user?.profile).not.toHaveProperty('email');
    const found = await wide.web.users.lookupByEmail({ email: 'oncall-1@example.com' });
    expect(found.user?.id).toBe(user);
  });
});

describe('a call', () => {
  test('of a method that is not there says so', async () => {
    const { web } = await runWorkspace();
    for (const method of ['chat.shout', 'constructor', 'toString']) {
      expect(await refusal(web.apiCall(method))).toMatchObject({ error: 'unknown_method' });
    }
  });

  test.each([
    ['a form', (data: Record<string, string>) => new URLSearchParams(data)],
    [
      'a multipart form',
      (data: Record<string, string>) => {
        const form = new FormData();
        for (const [key, value] of Object.entries(data)) form.set(key, value);
        return form;
      },
    ],
    ['JSON', (data: Record<string, string>) => JSON.stringify(data)],
  ])('may come as %s', async (_, encode) => {
    const { url, members } = await runWorkspace();
    const body = encode({ channel: channels.general, text: 'hello & <goodbye>' });
    const headers: Record<string, string> = { authorization: `Bearer ${tokens.bot}` };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    const response = await fetch(`${url}/api/chat.postMessage`, { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ ok: true, channel: channels.general });
    const { messages } = await members.look(people.viewer);
    expect(messages.at(-1)).toMatchObject({ text: 'hello & <goodbye>' });
  });

  test.each(['{"channel": ', '[1]', '"text"'])('with %s for JSON is turned down', async (body) => {
    const { url } = await runWorkspace();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens.bot}` };
    const response = await fetch(`${url}/api/auth.test`, { method: 'POST', headers, body });
    expect(await response.json()).toEqual({ ok: false, error: 'invalid_json' });
  });

  test('too many answer 429 with the seconds to wait', async () => {
    const { url } = await runWorkspace({ rateScale: 1 });
    const post = () =>
      fetch(`${url}/api/chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.bot}` },
        body: new URLSearchParams({ channel: channels.general, text: 'again' }),
      });
    const answers = await Promise.all(Array.from({ length: 10 }, post));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused[0]?.json()).toEqual({ ok: false, error: 'ratelimited' });
  });
});

describe('a message', () => {
  test('is posted, changed and taken away', async () => {
    const { web, members } = await runWorkspace();
    const channel = channels.authOps;
    const { ts = '' } = await web.chat.postMessage({
      channel,
      text: 'one',
      blocks: [section('one')],
    });
    const seen = async () => (await members.look(people.onCall1)).messages;
    expect(await seen()).toMatchObject([{ ts, text: 'one', editedAt: null }]);
    const { permalink = '' } = await web.chat.getPermalink({ channel, message_ts: ts });
    expect(permalink).toContain(`/archives/${channel}/p${ts.replace('.', '')}`);
    const { headers } = await fetch(permalink, { redirect: 'manual' });
    expect(headers.get('location')).toBe(`/#left=${people.onCall1}/${channel}`);
    await web.chat.update({ channel, ts, text: 'two', blocks: [] });
    expect(await seen()).toMatchObject([{ ts, text: 'two', editedAt: expect.any(String) }]);
    await web.chat.delete({ channel, ts });
    expect(await seen()).toEqual([]);
  });

  test('goes to a person as a direct message', async () => {
    const { web, members } = await runWorkspace();
    const { channel } = await web.chat.postMessage({ channel: people.viewer, text: 'psst' });
    expect(channel).toBe(directMessage(people.viewer));
    expect((await members.look(people.viewer)).messages).toHaveLength(1);
    expect((await members.look(people.onCall1)).messages).toHaveLength(0);
  });

  test('in a thread counts under its first message', async () => {
    const { web, members } = await runWorkspace();
    const channel = channels.incidents;
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'outage' });
    const reply = await web.chat.postMessage({ channel, text: 'looking', thread_ts: ts });
    await web.chat.postMessage({ channel, text: 'found', thread_ts: String(reply.ts) });
    const { messages } = await members.look(people.onCall1);
    expect(messages.map(({ threadTs, replies }) => [threadTs, replies])).toEqual([
      [null, 2],
      [ts, 0],
      [ts, 0],
    ]);
    const thread = await web.conversations.replies({ channel, ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['outage', 'looking', 'found']);
    expect(thread.messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: ts });
  });

  test('for one person is seen by nobody else, nor in the history, nor to be changed', async () => {
    const { web, members } = await runWorkspace();
    const channel = channels.general;
    const { message_ts: ts = '' } = await web.chat.postEphemeral({
      channel,
      user: people.viewer,
      text: 'only you',
    });
    expect((await members.look(people.viewer)).messages).toMatchObject([{ text: 'only you' }]);
    expect((await members.look(people.onCall1)).messages).toEqual([]);
    expect((await web.conversations.history({ channel })).messages).toEqual([]);
    const update = refusal(web.chat.update({ channel, ts, text: 'changed' }));
    expect(await update).toMatchObject({ error: 'message_not_found' });
  });

  test('keeps its metadata, for those who ask', async () => {
    const { web } = await runWorkspace();
    const channel = channels.general;
    const metadata = { event_type: 'outbox', event_payload: { key: 'run-1' } };
    await web.chat.postMessage({ channel, text: 'x', metadata });
    const asked = await web.conversations.history({ channel, include_all_metadata: true });
    expect(asked.messages?.[0]?.metadata).toEqual(metadata);
    expect((await web.conversations.history({ channel })).messages?.[0]).not.toHaveProperty(
      'metadata',
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ['no_text', { channel: channels.general }],
    ['channel_not_found', { channel: 'C0', text: 'x' }],
    ['channel_not_found', { channel: channels.security, text: 'x' }],
    ['thread_not_found', { channel: channels.general, text: 'x', thread_ts: '1.000001' }],
    ['invalid_blocks_format', { channel: channels.general, text: 'x', blocks: '{' }],
    ['invalid_metadata_format', { channel: channels.general, text: 'x', metadata: '{"a":1}' }],
  ])('is turned down with %s', async (error, args) => {
    const { web } = await runWorkspace();
    expect(await refusal(web.apiCall('chat.postMessage', args))).toMatchObject({ error });
  });

  test('with blocks that Slack would not take names the place', async () => {
    const { web } = await runWorkspace();
    const elements = Array.from({ length: 26 }, (_, index) => ({
      type: 'button',
      action_id: `b${index}`,
      text: { type: 'plain_text', text: 'b' },
    }));
    const blocks = [section('x'), { type: 'actions', elements }] as never;
    const posting = web.chat.postMessage({ channel: channels.general, text: 'x', blocks });
    expect(await refusal(posting)).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: ['no more than 25 items allowed [json-pointer:/blocks/1/elements]'],
      response_metadata: {
        messages: ['[ERROR] no more than 25 items allowed [json-pointer:/blocks/1/elements]'],
        scopes: expect.anything(),
        acceptedScopes: ['chat:write'],
      },
    });
  });

  test('of somebody else cannot be changed or taken away', async () => {
    const { web, members } = await runWorkspace();
    const channel = channels.general;
    await members.type({ as: people.viewer, channel, text: 'mine' });
    const ts = (await members.look(people.viewer)).messages[0]?.ts ?? '';
    expect(await refusal(web.chat.update({ channel, ts, text: 'x' }))).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await refusal(web.chat.delete({ channel, ts }))).toMatchObject({
      error: 'cant_delete_message',
    });
  });
});

describe('people', () => {
  test('are told apart as Slack does: guests, former colleagues, partners, bots', async () => {
    const { web } = await runWorkspace();
    const user = async (id: string) => (await web.users.info({ user: id })).user;
    expect(await user(people.guest)).toMatchObject({ is_restricted: true, deleted: false });
    expect(await user(people.deactivated)).toMatchObject({ deleted: true });
    expect((await user(people.external))?.team_id).not.toBe(team.id);
    const { user_id = '' } = await web.auth.test();
    expect(await user(user_id)).toMatchObject({ is_bot: true });
    expect(await refusal(web.users.info({ user: 'U0' }))).toMatchObject({
      error: 'user_not_found',
    });
  });

  test('are listed page by page', async () => {
    const { web } = await runWorkspace();
    const names: (string | undefined)[] = [];
    for await (const page of web.paginate('users.list', { limit: 5 })) {
      names.push(...((page as { members?: { name?: string }[] }).members ?? []).map((m) => m.name));
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('external');
    expect(await refusal(web.users.list({ cursor: 'bm9wZQ==' }))).toMatchObject({
      error: 'invalid_cursor',
    });
  });

  test('are in groups, as long as the plan is paid', async () => {
    const { web, members } = await runWorkspace();
    const { usergroups = [] } = await web.usergroups.list({ include_users: true });
    const oncall = usergroups.find(({ handle }) => handle === 'oncall');
    expect(oncall?.users).toEqual([people.onCall1, people.onCall2]);
    expect(await web.usergroups.users.list({ usergroup: oncall?.id ?? '' })).toMatchObject({
      users: oncall?.users,
    });
    await members.plan({ paid: false });
    expect(await refusal(web.usergroups.list())).toMatchObject({ error: 'plan_upgrade_required' });
  });
});
