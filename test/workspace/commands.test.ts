import { describe, expect, test } from 'vitest';
import {
  channels,
  directMessage,
  partnerTeam,
  people,
  slackbot,
  team,
} from '../../workspace/people.ts';
import { openSocket, type Reaction, silence } from './raw-app.ts';
import { ownManifest, runWorkspace, stillChance } from './run-workspace.ts';

const as = people.onCall1;
const channel = channels.general;

/** A workspace whose app reacts so, and what the app was sent last. */
async function withApp(react: Reaction = () => undefined, options = {}) {
  const workspace = await runWorkspace(options);
  const socket = await openSocket(workspace.url, react);
  const last = () => socket.received.at(-1)?.payload;
  return { ...workspace, socket, last };
}

const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: json });
const json = { 'content-type': 'application/json' };

describe('a command', () => {
  test('comes with everything that Slack says about it', async () => {
    const { members, last, url } = await withApp();
    await members.type({ as, channel, text: '/auth   status  rms-auth ' });
    expect(last()).toMatchObject({
      command: '/auth',
      text: 'status  rms-auth',
      user_id: as,
      user_name: 'oncall-1',
      channel_id: channel,
      channel_name: 'general',
      team_id: team.id,
      team_domain: team.domain,
      trigger_id: expect.stringMatching(/^\d+\.\d+\.\w+$/),
      response_url: expect.stringMatching(new RegExp(`^${url}/response/`)),
    });
  });

  test('of a partner names the partner’s team, and of a direct message no name', async () => {
    const { members, last } = await withApp();
    await members.type({ as: people.external, channel: channels.incidents, text: '/auth' });
    expect(last()).toMatchObject({ team_id: partnerTeam, text: '' });
    await members.type({ as, channel: directMessage(as), text: '/auth' });
    expect(last()).toMatchObject({ channel_name: 'directmessage' });
  });

  test('may be answered in the acknowledgement, to one person or to all', async () => {
    const answers = [{ text: 'only you' }, { text: 'everybody', response_type: 'in_channel' }, {}];
    const { members } = await withApp(() => answers.shift());
    for (let turn = 0; turn < 3; turn += 1) await members.type({ as, channel, text: '/auth' });
    const { messages } = await members.look(as);
    expect(messages.map(({ text, onlyFor }) => [text, onlyFor])).toEqual([
      ['only you', as],
      ['everybody', null],
    ]);
    expect((await members.look(people.viewer)).messages).toHaveLength(1);
  });

  test('that nobody acknowledges in time fails as Slack’s do, for its person alone', async () => {
    const { members } = await withApp(() => silence, { ackMs: 40 });
    const outcome = await members.type({ as, channel, text: '/auth status' });
    expect(outcome).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect((await members.look(as)).messages).toMatchObject([
      {
        text: '/auth failed with the error "operation_timeout"',
        user: slackbot,
        fromSlackbot: true,
        onlyFor: as,
      },
    ]);
    expect((await members.look(people.viewer)).messages).toEqual([]);
  });

  test('is waited for as long as Slack waits, and no longer', async () => {
    const { members } = await withApp(() => silence, {});
    const outcome = await members.type({ as, channel, text: '/auth status' });
    expect(outcome).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(outcome.ms).toBeGreaterThan(2_990);
  });

  test('without any connection fails at once, and is never sent later', async () => {
    const { members, url } = await runWorkspace();
    const outcome = await members.type({ as, channel, text: '/auth status' });
    expect(outcome).toMatchObject({ ok: false, error: 'dispatch_failed' });
    const [message] = (await members.look(as)).messages;
    expect(message?.text).toBe('/auth failed with the error "dispatch_failed"');
    const socket = await openSocket(url);
    await members.type({ as, channel, text: '/auth again' });
    const commands = socket.received.filter(({ type }) => type === 'slash_commands');
    expect(commands.map(({ payload }) => payload.text)).toEqual(['again']);
  });

  test('does not work in a thread, nor under another name', async () => {
    const { members, socket } = await withApp();
    await members.type({ as, channel, text: 'hello' });
    const threadTs = (await members.look(as)).messages[0]?.ts ?? '';
    await members.type({ as, channel, text: '/auth status', threadTs });
    await members.type({ as, channel, text: '/outh status' });
    const { messages } = await members.look(as);
    expect(
      messages.slice(1).map(({ text, fromSlackbot }) => [text.split('.')[0], fromSlackbot]),
    ).toEqual([
      ['`/auth` is not supported in threads', true],
      ['`/outh` is not a valid command', true],
    ]);
    expect(socket.received.map(({ type }) => type)).not.toContain('slash_commands');
  });

  test('after a space is a message', async () => {
    const { members } = await withApp();
    await members.type({ as, channel, text: ' /auth status' });
    expect((await members.look(people.viewer)).messages).toMatchObject([{ text: ' /auth status' }]);
  });

  test('names people, groups and channels by id, and escapes the rest', async () => {
    const { members, last } = await withApp();
    const text =
      '/auth block @security #auth-ops @oncall @nobody a&b <!channel> <@U1> mail a@b.com';
    await members.type({ as, channel, text });
    expect(last().text).toBe(
      `block <@${people.security}|security> <#${channels.authOps}|auth-ops> <!subteam^S07ONCALL01|@oncall> @nobody a&amp;b &lt;!channel&gt; &lt;@U1&gt; mail <mailto:a@b.com|a@b.com>`,
    );
  });

  test('links hosts as Slack does, and neither services nor addresses', async () => {
    const { members, last } = await withApp();
    const text =
      '/auth probe auth.example.com https://x.example.com/a?b=1&c rust-auth@prod 203.0.113.7 rms.service';
    await members.type({ as, channel, text });
    expect(last().text).toBe(
      'probe <http://auth.example.com|auth.example.com> <https://x.example.com/a?b=1&amp;c> rust-auth@prod 203.0.113.7 rms.service',
    );
  });

  test('is sent as typed when the manifest does not ask for escaping', async () => {
    const manifest = ownManifest().replace('should_escape: true', 'should_escape: false');
    const { members, last } = await withApp(undefined, { manifest });
    await members.type({ as, channel, text: '/auth block @security a&b auth.example.com' });
    expect(last().text).toBe('block @security a&b auth.example.com');
  });
});

describe('a response address', () => {
  test('answers five times, and a used one says so', async () => {
    const { members, last } = await withApp();
    await members.type({ as, channel, text: '/auth status' });
    const url = last().response_url;
    for (let turn = 1; turn <= 5; turn += 1) {
      expect((await post(url, { text: `answer ${turn}` })).status).toBe(200);
    }
    const sixth = await post(url, { text: 'answer 6' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
    expect((await members.look(as)).messages).toHaveLength(5);
  });

  test('works for half an hour', async () => {
    const chance = stillChance();
    const { members, last } = await withApp(undefined, { chance });
    await members.type({ as, channel, text: '/auth status' });
    chance.pass(30 * 60_000);
    expect((await post(last().response_url, { text: 'just so' })).status).toBe(200);
    chance.pass(1);
    const late = await post(last().response_url, { text: 'too late' });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  test('replaces and deletes what it is about', async () => {
    const { members, last } = await withApp(() => ({ text: 'working on it' }));
    await members.type({ as, channel, text: '/auth status' });
    const url = last().response_url;
    await post(url, { text: 'done', replace_original: true });
    expect((await members.look(as)).messages).toMatchObject([{ text: 'done', onlyFor: as }]);
    await post(url, { delete_original: true });
    expect((await members.look(as)).messages).toEqual([]);
  });

  test('speaks to one person, to the channel, or into a thread', async () => {
    const { members, last } = await withApp();
    await members.type({ as, channel, text: 'first' });
    const thread_ts = (await members.look(as)).messages[0]?.ts ?? '';
    await members.type({ as, channel, text: '/auth status' });
    const url = last().response_url;
    await post(url, { text: 'one' });
    await post(url, { text: 'all', response_type: 'in_channel' });
    await post(url, { text: 'thread', response_type: 'in_channel', thread_ts });
    const { messages } = await members.look(people.viewer);
    expect(messages.slice(1).map(({ text, threadTs }) => [text, threadTs])).toEqual([
      ['all', null],
      ['thread', thread_ts],
    ]);
  });

  test('turns wrong blocks down without counting them', async () => {
    const { members, last } = await withApp();
    await members.type({ as, channel, text: '/auth status' });
    const url = last().response_url;
    for (let turn = 0; turn < 6; turn += 1) {
      const answer = await post(url, { text: 'x', blocks: [{ type: 'section' }] });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: 'invalid_blocks' });
    }
    expect((await post(url, { text: 'right' })).status).toBe(200);
    expect((await post(url.replace(/\w+$/, 'unknown'), { text: 'x' })).status).toBe(404);
  });
});

describe('who may type where', () => {
  test.each([
    ['not_in_channel', { as: people.viewer, channel: channels.security, text: 'x' }],
    ['not_in_channel', { as: people.guest, channel: channels.authOps, text: '/auth' }],
    ['user_not_found', { as: 'U0', channel: channels.general, text: 'x' }],
    ['channel_not_found', { as: people.viewer, channel: 'C0', text: 'x' }],
    ['no_text', { as: people.viewer, channel: channels.general, text: ' ' }],
  ])('%s', async (error, body) => {
    const { members } = await runWorkspace();
    expect(await members.type(body)).toMatchObject({ ok: false, error });
  });

  test('nobody types into a closed channel', async () => {
    const { members } = await runWorkspace();
    await members.archive({ as, channel: channels.incidents });
    const typing = members.type({ as, channel: channels.incidents, text: 'x' });
    expect(await typing).toMatchObject({ error: 'is_archived' });
  });
});
