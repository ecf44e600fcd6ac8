import { SocketModeClient } from '@slack/socket-mode';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { channels, people } from '../../workspace/people.ts';
import { openSocket, silence } from './raw-app.ts';
import { quiet, runWorkspace, tokens, webClient } from './run-workspace.ts';

const command = { as: people.onCall1, channel: channels.general, text: '/auth status' };

const statusOf = (socket: WebSocket): Promise<number | undefined> =>
  new Promise((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('error', () => {});
  });

test('Slack’s own client connects, is given a command, and its acknowledgement counts', async () => {
  const { url, members } = await runWorkspace();
  const client = new SocketModeClient({
    appToken: tokens.app,
    clientOptions: { slackApiUrl: `${url}/api/` },
    logger: quiet,
  });
  onTestFinished(() => client.disconnect());
  client.on('slash_commands', async ({ ack, body }) => ack({ text: `you typed ${body.text}` }));
  await client.start();
  expect(await members.type(command)).toMatchObject({ ok: true, error: null });
  const { messages, app } = await members.look(people.onCall1);
  expect(app).toMatchObject({ sockets: 1, mode: 'socket' });
  expect(messages).toMatchObject([{ text: 'you typed status', onlyFor: people.onCall1 }]);
});

test('a ticket opens one connection, and soon none', async () => {
  const chance = stillTickets();
  const { url } = await runWorkspace({ chance });
  const ask = async () => String((await webClient(url, tokens.app).apps.connections.open()).url);
  const ticket = await ask();
  expect(await statusOf(new WebSocket(ticket))).toBe(101);
  expect(await statusOf(new WebSocket(ticket))).toBe(401);
  const late = await ask();
  chance.pass(31_000);
  expect(await statusOf(new WebSocket(late))).toBe(401);
  expect(await statusOf(new WebSocket(`${url.replace('http', 'ws')}/link/`))).toBe(401);
});

function stillTickets() {
  let at = Date.now();
  return {
    now: () => at,
    random: () => 0,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

test('the hello says how many connections there are', async () => {
  const { url } = await runWorkspace();
  await openSocket(url);
  const second = await openSocket(url);
  expect(second.received[0]).toMatchObject({
    type: 'hello',
    num_connections: 2,
    connection_info: { app_id: expect.stringMatching(/^A/) },
    debug_info: { approximate_connection_time: expect.any(Number) },
  });
});

test('the eleventh connection is sent away, and the ten stay', async () => {
  const { url, members } = await runWorkspace();
  for (let index = 0; index < 10; index += 1) await openSocket(url);
  const eleventh = await openSocket(url);
  expect(eleventh.received).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
  await eleventh.closed;
  expect((await members.look(people.onCall1)).app.sockets).toBe(10);
});

test('each payload goes to one connection, whichever chance chooses', async () => {
  let share = 0;
  const chance = { now: Date.now, random: () => share };
  const { url, members } = await runWorkspace({ chance });
  const sockets = [await openSocket(url), await openSocket(url), await openSocket(url)];
  for (share of [0, 0.34, 0.99, 0.99]) await members.type(command);
  const counts = sockets.map(
    ({ received }) => received.filter(({ type }) => type === 'slash_commands').length,
  );
  expect(counts).toEqual([1, 1, 2]);
});

test('an acknowledgement may come over another connection than the payload', async () => {
  const chance = { now: Date.now, random: () => 0 };
  const { url, members } = await runWorkspace({ chance });
  const first = await openSocket(url, () => silence);
  const second = await openSocket(url);
  const typing = members.type(command);
  const { envelope_id } = await first.next(({ type }) => type === 'slash_commands');
  second.socket.send(JSON.stringify({ envelope_id }));
  expect(await typing).toMatchObject({ ok: true });
});

test('a refresh asks one connection to leave, and gives it nothing more', async () => {
  const chance = { now: Date.now, random: () => 0 };
  const { url, members } = await runWorkspace({ chance });
  const [first, second] = [await openSocket(url), await openSocket(url)];
  expect(await members.sockets({ do: 'refresh' })).toMatchObject({ sockets: 1 });
  await first.next(({ reason }) => reason === 'refresh_requested');
  await members.type(command);
  await second.next(({ type }) => type === 'slash_commands');
  expect(first.received.map(({ type }) => type)).toEqual(['hello', 'disconnect']);
});

test('a warning leaves the connection in use', async () => {
  const { url, members } = await runWorkspace();
  const socket = await openSocket(url);
  await members.sockets({ do: 'warning' });
  await socket.next(({ reason }) => reason === 'warning');
  expect(await members.type(command)).toMatchObject({ ok: true });
});

test('dropped connections are gone at once', async () => {
  const { url, members } = await runWorkspace();
  const sockets = [await openSocket(url), await openSocket(url)];
  expect(await members.sockets({ do: 'drop', all: true })).toMatchObject({ sockets: 2 });
  for (const { closed } of sockets) expect(await closed).toBe(1006);
  expect(await members.type(command)).toMatchObject({ ok: false, error: 'dispatch_failed' });
});

test('app_rate_limited comes as an event without an event in it', async () => {
  const { url, members } = await runWorkspace();
  const socket = await openSocket(url);
  await members.sockets({ do: 'app_rate_limited' });
  const { payload } = await socket.next(({ type }) => type === 'events_api');
  expect(payload).toMatchObject({ type: 'app_rate_limited' });
  expect(payload).not.toHaveProperty('event');
});

test('what is not an acknowledgement does no harm', async () => {
  const { url, members } = await runWorkspace();
  const { socket } = await openSocket(url);
  for (const noise of ['', 'null', '[]', '{"envelope_id":7}', '{"envelope_id":"no-such"}', '{']) {
    socket.send(noise);
  }
  expect(await members.type(command)).toMatchObject({ ok: true });
});
