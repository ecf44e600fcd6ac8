import { expect, test } from 'vitest';
import { createIncidentRoom } from '../../src/bot/incident-room.ts';
import { people } from '../../workspace/people.ts';
import { patience } from '../support/patience.ts';
import { startLocalSlack, tokens } from './local-slack.ts';
import { clientOf } from './start-bot.ts';
import { startTinySlack } from './tiny-slack.ts';

const wanted = {
  incident: 'INC-42',
  name: 'inc-0042-login-down',
  private: false,
  since: Date.now(),
};

async function roomIn(options: Parameters<typeof startLocalSlack>[0] = {}) {
  const slack = await startLocalSlack(options);
  const client = clientOf(slack.apiUrl, patience, tokens.bot);
  return { ...client, room: createIncidentRoom(client) };
}

test('a channel is made once, also when the answer to the first try was lost', async () => {
  const { room, api } = await roomIn();
  const first = await room.create(wanted);
  const again = await room.create(wanted);
  expect(first).toEqual({
    kind: 'done',
    value: { id: expect.stringMatching(/^C/), name: 'inc-0042-login-down' },
  });
  expect(again).toEqual(first);
  const { channels } = await api.conversations.list();
  expect(channels?.filter(({ name }) => name?.startsWith('inc-0042'))).toHaveLength(1);
});

test('a name that an older channel has gets a suffix: nobody is led into the wrong channel', async () => {
  const { room } = await roomIn();
  await room.create(wanted);
  const later = await room.create({ ...wanted, since: Date.now() + 3_600_000 });
  expect(later).toMatchObject({ kind: 'done', value: { name: 'inc-0042-login-down-2' } });
});

test('what is about security gets a private channel, which is found again as well', async () => {
  const { room, api } = await roomIn();
  const security = { ...wanted, name: 'sec-0043', private: true };
  const made = await room.create(security);
  expect(await room.create(security)).toEqual(made);
  const channel = made.kind === 'done' ? made.value.id : '';
  expect((await api.conversations.info({ channel })).channel?.is_private).toBe(true);
});

test('everybody is invited who can be; who cannot is named, and inviting again changes nothing', async () => {
  const { room, api } = await roomIn();
  const made = await room.create(wanted);
  const channel = made.kind === 'done' ? made.value.id : '';
  const all = [people.onCall1, 'U0NOBODY', people.manager1];
  const left = await room.invite(channel, all);
  expect(left).toEqual({ kind: 'done', value: [{ id: 'U0NOBODY', why: 'user not found' }] });
  expect(await room.invite(channel, all)).toEqual(left);
  const { members } = await api.conversations.members({ channel });
  expect(members).toEqual(expect.arrayContaining([people.onCall1, people.manager1]));
});

test('topic, bookmark and pin are there once, however often they are asked for', async () => {
  const { room, api } = await roomIn();
  const made = await room.create(wanted);
  const channel = made.kind === 'done' ? made.value.id : '';
  const { ts = '' } = await api.chat.postMessage({ channel, text: 'the card' });
  for (let time = 0; time < 2; time += 1) {
    expect(await room.setTopic(channel, 'SEV1 login down')).toEqual({ kind: 'done', value: null });
    const mark = { title: 'Runbook', link: 'https://example.com/runbook' };
    expect(await room.bookmark(channel, mark)).toEqual({ kind: 'done', value: null });
    expect(await room.pin(channel, ts)).toEqual({ kind: 'done', value: null });
  }
  expect((await api.bookmarks.list({ channel_id: channel })).bookmarks).toHaveLength(1);
  expect((await api.conversations.info({ channel })).channel?.topic?.value).toBe('SEV1 login down');
});

test('a picture is kept without being shown anywhere, and can be shown by a message at once', async () => {
  const { room, api } = await roomIn();
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0xfe]);
  const kept = await room.upload({ png, alt: 'health of rms-auth', name: 'health.png' });
  expect(kept).toEqual({ kind: 'done', value: expect.stringMatching(/^F/) });
  const file = kept.kind === 'done' ? kept.value : '';
  expect((await api.files.info({ file })).file).toMatchObject({
    mimetype: 'image/png',
    channels: [],
  });
});

test('an archived channel is lost, and so is one that is not there', async () => {
  const { room, api } = await roomIn();
  const made = await room.create(wanted);
  const channel = made.kind === 'done' ? made.value.id : '';
  expect(await room.lost(channel)).toEqual({ kind: 'done', value: null });
  await api.conversations.archive({ channel });
  expect(await room.lost(channel)).toEqual({ kind: 'done', value: 'it was archived' });
  expect(await room.lost('C0NOTHERE')).toMatchObject({ kind: 'done', value: /gone/ });
});

test.each<[string, object | 'hang', 'again' | 'never']>([
  ['limits the rate', { status: 429 }, 'again'],
  ['breaks', { status: 503 }, 'again'],
  ['has revoked the token', { ok: false, error: 'token_revoked' }, 'again'],
  ['refuses for good', { ok: false, error: 'restricted_action' }, 'never'],
])(
  'while Slack %s, that is said, and whether another try makes sense',
  async (_how, reply, kind) => {
    const slack = await startTinySlack();
    slack.answer('conversations.create', () => reply as never);
    const room = createIncidentRoom(clientOf(slack.apiUrl));
    expect(await room.create(wanted)).toMatchObject({ kind, why: expect.any(String) });
    await slack.close();
  },
);

test('a right that the app has not got is named, and nobody is kept busy by it', async () => {
  const slack = await startTinySlack();
  const reply = { ok: false, error: 'missing_scope', needed: 'bookmarks:read' };
  slack.answer('bookmarks.list', () => reply);
  const room = createIncidentRoom(clientOf(slack.apiUrl));
  const answer = await room.bookmark('C1', { title: 'INC-42', link: 'http://127.0.0.1/42' });
  expect(answer).toMatchObject({ kind: 'again', lasting: true });
  expect(answer).toMatchObject({ why: expect.stringContaining('bookmarks:read') });
  await slack.close();
});
