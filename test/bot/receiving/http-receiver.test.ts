import { createHmac } from 'node:crypto';
import { createConnection } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpReceiver } from '../../../src/bot/receiving/http-receiver.ts';
import { checkSignature } from '../../../src/bot/receiving/signature.ts';
import { Secret } from '../../../src/core/secret.ts';
import { memoryIntake } from '../../../src/store/memory/memory-intake.ts';
import { createMetrics } from '../../../src/web/metrics.ts';
import { startWeb } from '../../../src/web/server.ts';
import { intakeThat } from '../../support/intake-that.ts';
import { recordingLog } from '../recording-log.ts';
import * as samples from '../samples.ts';
import { startBot, tinyDesk } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const now = 1_700_000_000_000;
const at = String(now / 1_000);

const sign = (body: string, time = at, key = secret) =>
  `v0=${createHmac('sha256', key).update(`v0:${time}:${body}`).digest('hex')}`;

const form = (fields: object) => new URLSearchParams(fields as Record<string, string>).toString();
const urlencoded = 'application/x-www-form-urlencoded';

/** A bot that takes signed requests. */
async function listening(desk = tinyDesk(), intake = memoryIntake()) {
  const slack = await startTinySlack();
  onTestFinished(() => slack.close());
  const log = recordingLog();
  const clock = { now: () => now };
  const receiver = createHttpReceiver({ signingSecret: new Secret(secret), clock, log });
  const web = await startWeb({
    port: 0,
    checks: {},
    metrics: createMetrics(),
    slack: receiver.listener,
  });
  onTestFinished(() => web.close());
  const bot = await startBot(slack.apiUrl, { receiver, desk, intake, log });
  const post = async (body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${web.url}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': urlencoded,
        'x-slack-request-timestamp': at,
        'x-slack-signature': sign(body),
        ...headers,
      },
    });
    return { status: response.status, text: await response.text() };
  };
  return {
    post,
    desk,
    bot,
    log,
    url: `${web.url}/slack/events`,
    port: Number(new URL(web.url).port),
  };
}

const json = { 'content-type': 'application/json; charset=utf-8' };

describe('what Slack signs is taken', () => {
  test('a command, a click in its payload, and an event', async () => {
    const { post, desk } = await listening();
    const answers = [
      await post(form(samples.command('status'))),
      await post(form({ payload: JSON.stringify(samples.click({ value: 'status' })) })),
      await post(JSON.stringify(samples.mention('<@UBOT> status')), json),
    ];
    expect(answers).toEqual(Array(3).fill({ status: 200, text: '' }));
    expect(desk.asked.map(({ kind }) => kind)).toEqual(['command', 'click', 'mention']);
  });

  test('a retry of an event and a replay of a command are answered and do nothing', async () => {
    const { post, desk } = await listening();
    const command = form(samples.command('status'));
    const event = JSON.stringify(samples.mention('<@UBOT> status'));
    const answers = [
      await post(command),
      await post(command),
      await post(event, json),
      await post(event, { ...json, 'x-slack-retry-num': '1' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(desk.asked).toHaveLength(2);
  });

  test('what could not be recorded says so in the answer', async () => {
    const desk = tinyDesk(undefined, () => true);
    const { post } = await listening(
      desk,
      intakeThat({ record: () => Promise.reject(new Error('closed')) }),
    );
    const { status, text } = await post(form(samples.command('restart x')));
    expect(status).toBe(200);
    expect(JSON.parse(text).text).toContain('nothing will happen');
    expect(desk.asked).toEqual([]);
  });

  test('the challenge is sent back, and a test of the certificate gets nothing', async () => {
    const { post } = await listening();
    const challenge = JSON.stringify({ type: 'url_verification', challenge: '3eZb', token: 'x' });
    expect(await post(challenge, json)).toEqual({ status: 200, text: '3eZb' });
    const check = await post('ssl_check=1&token=x', { 'x-slack-signature': '' });
    expect(check).toEqual({ status: 200, text: '' });
  });
});

describe('what Slack did not sign now is refused', () => {
  const body = form(samples.command('status'));
  test.each<[string, Record<string, string>]>([
    ['without a signature', { 'x-slack-signature': '' }],
    ['with another secret', { 'x-slack-signature': sign(body, at, 'guessed') }],
    ['for another body', { 'x-slack-signature': sign(`${body}&x=1`) }],
    ['for another time', { 'x-slack-request-timestamp': String(Number(at) + 1) }],
    ['of another version', { 'x-slack-signature': sign(body).replace('v0', 'v1') }],
    ...['-1', '+1', 'abc', '1e9', ' ', '99999999999999999999'].map(
      (time): [string, Record<string, string>] => [
        `at ${time}`,
        { 'x-slack-request-timestamp': time, 'x-slack-signature': sign(body, time) },
      ],
    ),
    ...[-301, 301, 86_400].map((seconds): [string, Record<string, string>] => {
      const time = String(Number(at) + seconds);
      return [
        `${seconds} seconds from now`,
        { 'x-slack-request-timestamp': time, 'x-slack-signature': sign(body, time) },
      ];
    }),
  ])('%s', async (_how, headers) => {
    const { post, desk, log } = await listening();
    expect(await post(body, headers)).toEqual({ status: 401, text: '' });
    expect(desk.asked).toEqual([]);
    expect(log.lines.map(({ message }) => message)).toEqual([
      'Refused a request that claims to be from Slack',
    ]);
  });

  test.each([-300, 300])('but a clock that is off by %i seconds is forgiven', async (seconds) => {
    const time = String(Number(at) + seconds);
    const { post } = await listening();
    const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': sign(body, time) };
    expect((await post(body, headers)).status).toBe(200);
  });

  test('is judged by its bytes, not by the text that they might be', () => {
    const bytes = Buffer.from([0x74, 0xff, 0x3d]);
    const check = (body: Buffer, of: Buffer) => {
      const hash = createHmac('sha256', secret).update(`v0:${at}:`).update(of).digest('hex');
      const headers = { 'x-slack-signature': `v0=${hash}`, 'x-slack-request-timestamp': at };
      return checkSignature(headers, body, secret, now).ok;
    };
    expect(check(bytes, bytes)).toBe(true);
    expect(check(bytes, Buffer.from(bytes.toString()))).toBe(false);
  });

  test('any other signature, time or body', () => {
    const given = Buffer.from(body);
    const check = (signature: string, time: string, of: Buffer) => {
      const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': time };
      return checkSignature(headers, of, secret, now).ok;
    };
    expect(check(sign(body), at, given)).toBe(true);
    const flipped = fc.nat(given.length - 1).map((place) => {
      const other = Buffer.from(given);
      other[place] = (other[place] ?? 0) ^ 1;
      return other;
    });
    fc.assert(
      fc.property(fc.string(), fc.string(), flipped, (signature, time, other) => {
        expect(check(signature, at, given)).toBe(false);
        expect(check(sign(body), time, given)).toBe(false);
        expect(check(sign(body), at, other)).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  test('and an empty secret is refused at the start, since anybody can sign with it', () => {
    const parts = { clock: { now: () => now }, log: recordingLog() };
    expect(() => createHttpReceiver({ signingSecret: new Secret(''), ...parts })).toThrow('empty');
  });
});

describe('what is no delivery', () => {
  test('is a 400 when it cannot be read, and a 200 when it is known to mean nothing', async () => {
    const { post, desk } = await listening();
    const unread = [
      await post('{', json),
      await post('[]', json),
      await post('payload=%7B'),
      await post('payload=null'),
      await post(''),
      await post(form({ command: '/auth' })),
      await post(JSON.stringify({ type: 'event_callback' }), json),
    ];
    expect(unread.map(({ status }) => status)).toEqual(Array(7).fill(400));
    const limited = JSON.stringify({ type: 'app_rate_limited', minute_rate_limited: 1 });
    expect((await post(limited, json)).status).toBe(200);
    expect(desk.asked).toEqual([]);
  });

  test('is a 413 above a mebibyte, whether its length is said or not, and is not read to its end', async () => {
    const { post, url, port } = await listening();
    expect((await post(`text=${'x'.repeat(1_048_576)}`)).status).toBe(413);
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    });
    // The connection may be gone before the answer has been read.
    const sending = { method: 'POST', body: endless, duplex: 'half' } as RequestInit;
    expect(
      await fetch(url, sending).then(
        ({ status }) => status,
        () => 413,
      ),
    ).toBe(413);
    const claimed = createConnection(port, '127.0.0.1');
    claimed.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 9999999999\r\n\r\n');
    const answer = await new Promise((resolve) => claimed.once('data', resolve));
    claimed.destroy();
    expect(String(answer)).toContain(' 413 ');
  });

  test('is a 405 when it is not posted', async () => {
    const { url } = await listening();
    expect((await fetch(url)).status).toBe(405);
  });

  test('does not end the process when the sender goes away half-way', async () => {
    const { port, post } = await listening();
    const leaving = createConnection(port, '127.0.0.1');
    leaving.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc');
    await new Promise((resolve) => setTimeout(resolve, 10));
    leaving.destroy();
    expect((await post(form(samples.command('status')))).status).toBe(200);
  });
});
