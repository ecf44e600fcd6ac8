import { expect, onTestFinished, test } from 'vitest';
import { createSocketReceiver } from '../../../src/bot/receiving/socket-receiver.ts';
import type { Intake } from '../../../src/core/intake.ts';
import { intakeThat } from '../../support/intake-that.ts';
import { type RecordingLog, recordingLog } from '../recording-log.ts';
import { commandFrame, event, frame } from '../samples.ts';
import { clientOf, startBot, tinyDesk } from '../start-bot.ts';
import { startTinySlack, type TinySlack } from '../tiny-slack.ts';

const slack = async (options?: Parameters<typeof startTinySlack>[0]) => {
  const started = await startTinySlack(options);
  onTestFinished(() => started.close());
  return started;
};

/** A bot whose two connections are open. */
async function connected() {
  const tiny = await slack();
  const [log, desk] = [recordingLog(), tinyDesk()];
  const bot = await startBot(tiny.apiUrl, { log, desk });
  await tiny.until(() => tiny.sockets.length === 2 && bot.ready().ok);
  return { tiny, bot, log, desk };
}

const messages = ({ lines }: RecordingLog, level: string) =>
  lines.filter((line) => line.level === level).map(({ message }) => message);

/** Sends a command and waits until it is acknowledged. */
async function works(tiny: TinySlack): Promise<void> {
  const sent = commandFrame('status');
  tiny.send(sent);
  await tiny.until(() => tiny.acks.some(({ envelope_id }) => envelope_id === sent.envelope_id));
}

test('frames that nobody should send are dropped, and the next delivery is served', async () => {
  const { tiny, desk, log } = await connected();
  const rateLimited = { type: 'app_rate_limited', minute_rate_limited: 1, team_id: 'T1' };
  const acknowledged = [
    frame('events_api', rateLimited),
    frame('events_api', {}),
    frame('events_api', { event: null }),
    frame('interactive', 'x'),
    frame('slash_commands', undefined),
    frame('something_new', {}),
  ];
  const dropped = [
    '',
    'null',
    '{',
    '[]',
    '{"type":"events_api","payload":{"event":{}}}',
    '{"type":5}',
  ];
  for (const one of [...dropped, ...acknowledged]) tiny.send(one);
  for (const socket of tiny.sockets) socket.send(Buffer.from([1, 2, 3]));
  await works(tiny);
  const ids = () => tiny.acks.map(({ envelope_id }) => envelope_id);
  const wanted = acknowledged.map(({ envelope_id }) => envelope_id);
  await expect.poll(ids).toEqual(expect.arrayContaining(wanted)); // some on the other connection
  const warnings = Array(dropped.length).fill('Dropped a frame from Slack');
  await expect.poll(() => messages(log, 'warn')).toEqual(warnings);
  await expect.poll(() => desk.asked).toHaveLength(1);
});

test('an event that Slack sends again is acknowledged and asked once', async () => {
  const { tiny, desk } = await connected();
  const opened = event({ type: 'app_home_opened', user: 'U1', tab: 'home' });
  tiny.send(frame('events_api', opened));
  tiny.send({ ...frame('events_api', opened), retry_attempt: 1, retry_reason: 'timeout' });
  await tiny.until(() => tiny.acks.length === 2);
  await expect.poll(() => desk.asked).toHaveLength(1);
});

test('a connection that is lost is opened again, and the other one serves meanwhile', async () => {
  const { tiny, bot } = await connected();
  const [lost] = tiny.sockets;
  lost?.terminate();
  await works(tiny);
  expect(bot.ready().ok).toBe(true);
  await tiny.until(() => tiny.sockets.length === 2 && lost?.readyState === lost?.CLOSED);
  await works(tiny);
});

test.each(['refresh_requested', 'warning'])(
  'before a connection is given up for %s, the next one is open',
  async (reason) => {
    const { tiny } = await connected();
    const [old] = tiny.sockets;
    old?.send(JSON.stringify({ type: 'disconnect', reason }));
    await tiny.until(() => tiny.sockets.length === 3);
    const sent = commandFrame('status');
    old?.send(JSON.stringify(sent)); // still in use
    await tiny.until(() => tiny.acks.some(({ envelope_id }) => envelope_id === sent.envelope_id));
    old?.close();
    await tiny.until(() => tiny.sockets.length === 2);
  },
);

test('however often Slack wants connections replaced, no more are open than it allows', async () => {
  const { tiny } = await connected();
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, tiny.sockets.length);
    for (const socket of tiny.sockets) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'warning' }));
    }
  }, 1);
  onTestFinished(() => clearInterval(timer));
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(most).toBeLessThanOrEqual(6);
  await works(tiny);
});

test('a connection that ends at once again and again is not opened again and again at once', async () => {
  const tiny = await slack();
  await startBot(tiny.apiUrl);
  await tiny.until(() => tiny.sockets.length === 2);
  const opened = () => tiny.calls.filter(({ method }) => method === 'apps.connections.open').length;
  const timer = setInterval(() => {
    for (const socket of tiny.sockets) socket.terminate();
  }, 1);
  onTestFinished(() => clearInterval(timer));
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(opened()).toBeLessThan(12);
});

test('a refused app token means not ready, with the reason, until it is taken again', async () => {
  const tiny = await slack();
  const url = tiny.url('/link').replace('http', 'ws');
  tiny.answer('apps.connections.open', () => ({ ok: false, error: 'invalid_auth' }));
  const bot = await startBot(tiny.apiUrl);
  await tiny.until(() => bot.ready().why?.includes('invalid_auth') ?? false);
  expect(bot.ready().ok).toBe(false);
  tiny.answer('apps.connections.open', () => ({ url }));
  await tiny.until(() => bot.ready().ok);
  await works(tiny);
});

test('a bot token that is refused, or that belongs elsewhere, means not ready', async () => {
  const tiny = await slack();
  tiny.answer('auth.test', () => ({ ok: false, error: 'token_revoked' }));
  const revoked = await startBot(tiny.apiUrl);
  await tiny.until(() => revoked.ready().why?.includes('token_revoked') ?? false);
  tiny.answer('auth.test', () => ({ team_id: 'T2', user_id: 'UBOT' }));
  const elsewhere = await startBot(tiny.apiUrl);
  await tiny.until(() => elsewhere.ready().why?.includes('T2') ?? false);
  expect([revoked.ready().ok, elsewhere.ready().ok]).toEqual([false, false]);
});

test.each([
  [
    'is refused',
    (tiny: TinySlack) => tiny.answer('apps.connections.open', () => ({ status: 503 })),
  ],
  [
    'has no address',
    (tiny: TinySlack) => tiny.answer('apps.connections.open', () => ({ url: '' })),
  ],
  [
    'leads nowhere',
    (tiny: TinySlack) => tiny.answer('apps.connections.open', () => ({ url: 'ws://127.0.0.1:9/' })),
  ],
  ['hangs', (tiny: TinySlack) => tiny.answer('apps.connections.open', () => 'hang')],
])('a start whose connection %s is tried again, and nothing waits for it', async (_how, spoil) => {
  const tiny = await slack();
  const url = tiny.url('/link').replace('http', 'ws');
  spoil(tiny);
  const bot = await startBot(tiny.apiUrl, { client: clientOf(tiny.apiUrl, 200) });
  await tiny.until(() => tiny.calls.some(({ method }) => method === 'apps.connections.open'));
  await tiny.until(() => bot.ready().why?.includes('connection') ?? false);
  expect(bot.ready().ok).toBe(false);
  tiny.answer('apps.connections.open', () => ({ url }));
  await tiny.until(() => bot.ready().ok);
});

test('a connection without a hello counts as none, and a stop does not wait for it', async () => {
  const tiny = await slack({ hello: false });
  const bot = await startBot(tiny.apiUrl);
  await tiny.until(() => tiny.sockets.length === 2);
  expect(bot.ready().ok).toBe(false);
  await bot.stop(0);
  await tiny.until(() => tiny.sockets.length === 0);
});

test('a stop does not wait for a connection that is just being opened', async () => {
  const tiny = await slack();
  tiny.answer('apps.connections.open', () => 'hang');
  const bot = await startBot(tiny.apiUrl, { client: clientOf(tiny.apiUrl) });
  await tiny.until(() => tiny.calls.some(({ method }) => method === 'apps.connections.open'));
  expect(await bot.stop(0)).toBe(0);
});

test('a connection that Slack opens after the stop is closed again', async () => {
  const tiny = await slack({ hello: false });
  const bot = await startBot(tiny.apiUrl);
  await tiny.until(() => tiny.sockets.length === 2);
  const stopped = bot.stop(0);
  for (const socket of tiny.sockets) socket.send(JSON.stringify({ type: 'hello' }));
  await stopped;
  await tiny.until(() => tiny.sockets.length === 0);
});

test('another process on the same app is reported', async () => {
  const { tiny, log } = await connected();
  expect(messages(log, 'warn')).toEqual([]);
  tiny.send({ type: 'hello', num_connections: 5 });
  await tiny.until(() => messages(log, 'warn').length > 0);
  expect(messages(log, 'warn')).toEqual([
    'Another process uses this Slack app and takes deliveries away',
  ]);
});

test('another process that may work on the same database is told of, and nobody is warned', async () => {
  const tiny = await slack();
  const log = recordingLog();
  const client = { appToken: 'xapp-test', clientOptions: clientOf(tiny.apiUrl).options };
  const receiver = createSocketReceiver({ client, lines: 2, shared: true, log, random: () => 0 });
  await receiver.start();
  await tiny.until(() => tiny.sockets.length === 2);
  tiny.send({ type: 'hello', num_connections: 5 });
  await tiny.until(() => messages(log, 'info').some((said) => said.startsWith('Another process')));
  expect(messages(log, 'warn')).toEqual([]);
  await receiver.stop();
});

test('a stop sends the acknowledgements that are owed before it ends the connections', async () => {
  const tiny = await slack();
  const { promise: committed, resolve: commit } = Promise.withResolvers<'new'>();
  const desk = tinyDesk(undefined, () => true);
  const recorded: string[] = [];
  const record: Intake['record'] = ({ key }) => {
    recorded.push(key);
    return committed;
  };
  const bot = await startBot(tiny.apiUrl, { desk, intake: intakeThat({ record }) });
  await tiny.until(() => tiny.sockets.length === 2 && bot.ready().ok);
  tiny.send(commandFrame('restart x'));
  await tiny.until(() => recorded.length > 0);
  const stopped = bot.stop(5_000);
  commit('new');
  expect(await stopped).toBe(0);
  await expect.poll(() => tiny.acks).toHaveLength(1);
  expect(desk.asked).toHaveLength(1);
  await tiny.until(() => tiny.sockets.length === 0);
});
