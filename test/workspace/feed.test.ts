import { expect, onTestFinished, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import type { Feed } from '../../workspace/protocol.ts';
import { narrowManifest, runWorkspace } from './run-workspace.ts';

/** Follows what somebody is told. */
async function follow(url: string, as: string) {
  const abort = new AbortController();
  const response = await fetch(`${url}/control/feed?as=${as}`, { signal: abort.signal });
  const entries: Feed[] = [];
  const read = async () => {
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        if (event.startsWith('data: ')) entries.push(JSON.parse(event.slice(6)));
      }
    }
  };
  void read().catch(() => {});
  onTestFinished(() => abort.abort());
  const next = (type: Feed['type'], at = 0) =>
    expect
      .poll(() => entries.filter((entry) => entry.type === type)[at] ?? null)
      .not.toBeNull()
      .then(() => entries.filter((entry) => entry.type === type)[at]);
  const texts = () =>
    entries.flatMap((entry) => (entry.type === 'message' ? [entry.message.text] : []));
  return { entries, next, texts, status: response.status };
}

test('begins with everything that its person may see, and goes on with what changes', async () => {
  const { url, web } = await runWorkspace();
  const feed = await follow(url, people.onCall1);
  const first = await feed.next('snapshot');
  expect(first).toMatchObject({
    snapshot: {
      me: people.onCall1,
      team: { name: 'Authentication team' },
      app: { name: 'Gatehouse', sockets: 0 },
      commands: [{ command: '/auth' }],
      shortcuts: [
        { callbackId: 'declare-incident' },
        { callbackId: 'check-services' },
        { callbackId: 'explain-message' },
        { callbackId: 'note-message' },
      ],
      home: null,
      modals: [],
    },
  });
  const { ts = '' } = await web.chat.postMessage({ channel: channels.general, text: 'hello' });
  await web.chat.delete({ channel: channels.general, ts });
  await feed.next('deleted');
  expect(feed.texts()).toEqual(['hello']);
});

test('tells nobody what is not theirs', async () => {
  const { url, web, members } = await runWorkspace();
  const [guest, security] = [await follow(url, people.guest), await follow(url, people.security)];
  await members.type({ as: people.security, channel: channels.security, text: 'secret' });
  await web.chat.postMessage({ channel: channels.authOps, text: 'not for guests' });
  const ephemeral = { channel: channels.general, user: people.security, text: 'only you' };
  await web.chat.postEphemeral(ephemeral);
  await web.chat.postMessage({ channel: people.viewer, text: 'for the viewer' });
  await web.views.publish({ user_id: people.security, view: { type: 'home', blocks: [] } });
  await web.chat.postMessage({ channel: channels.general, text: 'for all' });
  await expect.poll(security.texts).toEqual(['secret', 'not for guests', 'only you', 'for all']);
  await expect.poll(guest.texts).toEqual(['for all']);
  await security.next('home');
  expect(guest.entries.map(({ type }) => type)).not.toContain('home');
  const { channels: known } = await members.look(people.guest);
  expect(known.map(({ name }) => name)).toEqual(['general', 'incidents', people.guest]);
});

test('begins anew for somebody who was let in, with what was said before', async () => {
  const { url, web, members } = await runWorkspace();
  await web.chat.postMessage({ channel: channels.authOps, text: 'before' });
  const feed = await follow(url, people.guest);
  await members.invite({ as: people.onCall1, channel: channels.authOps, user: people.guest });
  expect(await feed.next('snapshot', 1)).toMatchObject({
    snapshot: { messages: [{ text: 'before' }] },
  });
});

test('is not for strangers', async () => {
  const { url } = await runWorkspace();
  expect((await follow(url, 'U0')).status).toBe(404);
});

test('shows the traffic to everybody, without a token in it', async () => {
  const { url, members, web } = await runWorkspace({
    manifest: narrowManifest(['chat:write', 'commands']),
  });
  const feed = await follow(url, people.auditor);
  await web.chat.postMessage({ channel: channels.general, text: 'the token is xoxb-of-the-tests' });
  const body = new URLSearchParams({ token: 'xoxb-of-the-tests' });
  await fetch(`${url}/api/auth.test`, { method: 'POST', body });
  expect(await feed.next('traffic', 1)).toMatchObject({
    traffic: { direction: 'from-app', what: 'auth.test', outcome: 'ok' },
  });
  const { traffic } = await members.traffic({});
  expect(traffic.map(({ what }) => what)).toEqual(['chat.postMessage', 'auth.test']);
  expect(
    JSON.stringify([traffic, feed.entries.filter(({ type }) => type === 'traffic')]),
  ).not.toContain('of-the-tests');
  expect((await members.traffic({ since: traffic[0]?.seq ?? 0 })).traffic).toHaveLength(1);
});

test('remembers only so much of the traffic', async () => {
  const { url, members } = await runWorkspace();
  for (let turn = 0; turn < 51; turn += 1) {
    await Promise.all(
      Array.from({ length: 10 }, () => fetch(`${url}/api/api.test`, { method: 'POST' })),
    );
  }
  const { traffic } = await members.traffic({});
  expect(traffic).toHaveLength(500);
  expect(traffic.at(-1)?.seq).toBe(510);
});
