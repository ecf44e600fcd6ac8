import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isSlackAddress } from '../../../src/bot/calling/slack-origin.ts';
import { clientOf } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const slack = async () => {
  const started = await startTinySlack();
  onTestFinished(() => started.close());
  return started;
};
const post = { channel: 'C1', text: 'x' };

describe('a call of the Web API', () => {
  test.each([503, 500, 429])('that is answered %i is not tried again', async (status) => {
    const tiny = await slack();
    tiny.answer('chat.postMessage', () => ({ status }));
    await expect(clientOf(tiny.apiUrl).api.chat.postMessage(post)).rejects.toThrow();
    expect(tiny.calls).toHaveLength(1);
  });

  test('that is told to wait is not waited for: whoever asks hears at once', async () => {
    let calls = 0;
    const limiting = createServer((_request, response) => {
      calls += 1;
      response.writeHead(429, { 'retry-after': '3600' }).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => limiting.once('listening', resolve));
    onTestFinished(() => void limiting.close());
    const { port } = limiting.address() as { port: number };
    const { api } = clientOf(`http://127.0.0.1:${port}/api/`);
    await expect(api.chat.postMessage(post)).rejects.toThrow('rate-limit');
    expect(calls).toBe(1);
  });

  test('that hangs is given up, and does not hold up another', async () => {
    const tiny = await slack();
    tiny.answer('chat.postMessage', () => 'hang');
    const { api } = clientOf(tiny.apiUrl);
    const hanging = api.chat.postMessage(post);
    hanging.catch(() => {}); // at the end, when its Slack is gone
    expect((await api.auth.test()).team_id).toBe('T1');
    await expect(clientOf(tiny.apiUrl, 200).api.chat.postMessage(post)).rejects.toThrow();
    expect(tiny.calls.map(({ method }) => method).toSorted()).toEqual([
      'auth.test',
      'chat.postMessage',
      'chat.postMessage',
    ]);
  });

  test('never goes to another host than the configured one', async () => {
    const [tiny, elsewhere] = [await slack(), await slack()];
    const { api } = clientOf(tiny.apiUrl);
    tiny.answer('auth.test', () => ({ status: 404 }));
    await api.apiCall(`${elsewhere.apiUrl}auth.test`).catch(() => {});
    expect(elsewhere.calls).toEqual([]);
  });

  test('follows no redirect, so that the token stays with Slack', async () => {
    const elsewhere = await slack();
    const redirecting = createServer((_request, response) =>
      response.writeHead(307, { location: `${elsewhere.apiUrl}auth.test` }).end(),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => redirecting.once('listening', resolve));
    onTestFinished(() => void redirecting.close());
    const { port } = redirecting.address() as { port: number };
    await expect(clientOf(`http://127.0.0.1:${port}/api/`).api.auth.test()).rejects.toThrow('307');
    expect(elsewhere.calls).toEqual([]);
  });
});

test.each<[string, string, boolean]>([
  ['https://hooks.slack.com/commands/1', 'https://slack.com/api/', true],
  ['https://files.slack.com/upload/v1/1', 'https://slack.com/api/', true],
  ['https://slack.com/x', 'https://slack.com/api/', true],
  ['http://hooks.slack.com/commands/1', 'https://slack.com/api/', false],
  ['https://hooks.slack.com.evil.example/1', 'https://slack.com/api/', false],
  ['https://evilslack.com/1', 'https://slack.com/api/', false],
  ['https://hooks.evilslack.com/1', 'https://slack.com/api/', false],
  ['https://other.slack.com/1', 'https://slack.com/api/', false],
  ['https://hooks.slack.com:8443/1', 'https://slack.com/api/', false],
  ['https://x@hooks.slack.com/1', 'https://slack.com/api/', false],
  ['https://evil.example/?hooks.slack.com', 'https://slack.com/api/', false],
  ['file:///etc/passwd', 'https://slack.com/api/', false],
  ['not an address', 'https://slack.com/api/', false],
  ['http://127.0.0.1:4000/response/1', 'http://127.0.0.1:4000/api/', true],
  ['http://127.0.0.1:4001/response/1', 'http://127.0.0.1:4000/api/', false],
])('%s, handed out by %s, is Slack’s: %s', (address, apiUrl, expected) => {
  expect(isSlackAddress(address, apiUrl)).toBe(expected);
});
