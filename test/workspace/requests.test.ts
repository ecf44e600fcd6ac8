import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { httpServer } from '../support/local-server.ts';
import { quiet, runWorkspace, tokens } from './run-workspace.ts';

const as = people.onCall1;
const channel = channels.general;

/** Bolt itself over HTTP, with a workspace that knows its address. */
async function withBolt(configure: (app: App) => void, signingSecret = tokens.signingSecret) {
  const receiver = new HTTPReceiver({ signingSecret, logger: quiet });
  const app = new App({
    receiver,
    logger: quiet,
    authorize: async () => ({ botToken: tokens.bot, botUserId: 'U0', botId: 'B0' }),
  });
  configure(app);
  const server = await app.start(0);
  onTestFinished(async () => void (await app.stop()));
  const { port } = server.address() as AddressInfo;
  return runWorkspace({ requestUrl: `http://127.0.0.1:${port}/slack/events` });
}

describe('over HTTP', () => {
  test('Bolt takes the signature of commands, clicks, events and submissions', async () => {
    const heard: string[] = [];
    const { members, web } = await withBolt((app) => {
      app.command('/auth', async ({ ack, command }) => {
        heard.push(`command ${command.text}`);
        await ack({ text: 'taken' });
      });
      app.action('go', async ({ ack, action }) => {
        heard.push(`click ${(action as { value?: string }).value}`);
        await ack();
      });
      app.event('app_mention', async ({ event }) => {
        heard.push(`mention ${event.channel}`);
      });
      app.shortcut('check-services', async ({ ack, shortcut }) => {
        heard.push(`shortcut ${shortcut.user.id}`);
        await ack();
      });
    });
    await members.type({ as, channel, text: '/auth "a b" & <c>' });
    const go = {
      type: 'button',
      action_id: 'go',
      value: '7',
      text: { type: 'plain_text', text: 'Go' },
    };
    const blocks = [{ type: 'actions', block_id: 'b', elements: [go] }];
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', blocks } as never);
    await members.act({ as, actionId: 'go', blockId: 'b', message: { channel, ts } });
    await members.shortcut({ as, callbackId: 'check-services' });
    await members.type({ as, channel, text: '@gatehouse hello' });
    await expect
      .poll(() => heard)
      .toEqual([
        'command "a b" &amp; &lt;c&gt;',
        'click 7',
        `shortcut ${as}`,
        `mention ${channel}`,
      ]);
    const { messages, app } = await members.look(as);
    expect(messages[0]).toMatchObject({ text: 'taken', onlyFor: as });
    expect(app.mode).toBe('http');
  });

  test('bad, stale and replayed requests meet the app’s own defence', async () => {
    let runs = 0;
    const { members } = await withBolt((app) => {
      app.command('/auth', async ({ ack }) => {
        runs += 1;
        await ack();
      });
    });
    expect(await members.resend({ how: 'replay' })).toMatchObject({ error: 'nothing_sent_yet' });
    await members.type({ as, channel, text: '/auth' });
    const resend = async (how: 'bad-signature' | 'stale' | 'replay') =>
      (await members.resend({ how })).status;
    expect(await resend('bad-signature')).toBe(401);
    expect(await resend('stale')).toBe(401);
    expect(runs).toBe(1);
    expect(await resend('replay')).toBe(200);
    expect(runs).toBe(2);
  });

  test('a wrong secret, a fault, silence and no app at all are told apart', async () => {
    const wrong = await withBolt(() => {}, 'another secret');
    const status = async (code: number, { wait = 0, ackMs = 3000 } = {}) => {
      const server = await httpServer((_, response) => {
        setTimeout(() => response.writeHead(code).end(), wait);
      });
      onTestFinished(server.stop);
      const requestUrl = `http://127.0.0.1:${server.port}/`;
      return runWorkspace({ requestUrl, ackMs });
    };
    const workspaces = [wrong, await status(500), await status(200, { wait: 5000, ackMs: 60 })];
    const gone = await httpServer(() => {});
    await gone.stop();
    workspaces.push(await runWorkspace({ requestUrl: `http://127.0.0.1:${gone.port}/` }));
    const errors = await Promise.all(
      workspaces.map(
        async ({ members }) => (await members.type({ as, channel, text: '/auth' })).error,
      ),
    );
    expect(errors).toEqual([
      'http_client_error',
      'http_service_error',
      'operation_timeout',
      'dispatch_failed',
    ]);
  });

  test('events are sent again with the number and the reason', async () => {
    const seen: unknown[] = [];
    const server = await httpServer((request, response) => {
      const { 'x-slack-retry-num': number, 'x-slack-retry-reason': reason } = request.headers;
      seen.push([number, reason]);
      response.writeHead(500).end();
    });
    onTestFinished(server.stop);
    const { members } = await runWorkspace({
      requestUrl: `http://127.0.0.1:${server.port}/`,
      retryDelays: [0, 1, 1],
    });
    await members.openHome({ as });
    await expect
      .poll(() => seen)
      .toEqual([
        [undefined, undefined],
        ['1', 'http_error'],
        ['2', 'http_error'],
        ['3', 'http_error'],
      ]);
  });

  test('nothing is resent in Socket Mode', async () => {
    const { members } = await runWorkspace();
    expect(await members.resend({ how: 'replay' })).toMatchObject({ error: 'not_in_http_mode' });
  });
});
