import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { people } from '../../workspace/people.ts';
import { listenersAt, listenersKnown, thisMachine } from '../support/listeners.ts';
import { runWorkspace, tokens, webClient } from './run-workspace.ts';

/** The status of a request with these headers; `fetch` does not let one choose the host. */
const ask = (url: string, path: string, headers: Record<string, string>, method = 'POST') =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request(`${url}${path}`, { method, headers }, (response) => {
      response.destroy();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end(method === 'POST' ? '{}' : undefined);
  });

const paths: [string, string][] = [
  ['POST', '/api/api.test'],
  ['POST', '/control/members'],
  ['GET', `/control/feed?as=${people.viewer}`],
  ['GET', '/'],
  ['POST', '/response/x'],
  ['POST', '/upload/x'],
];

test.skipIf(!listenersKnown)('nobody outside of this machine reaches it', async () => {
  const { url } = await runWorkspace();
  const listeners = listenersAt(Number(new URL(url).port));
  expect(listeners).toEqual([expect.toBeOneOf(thisMachine)]);
});

describe('another host', () => {
  test.each(paths)('is refused: %s %s', async (method, path) => {
    const { url } = await runWorkspace();
    for (const host of ['evil.example', 'evil.example:80', `127.0.0.1`, `localhost.evil.example`]) {
      expect(await ask(url, path, { host }, method)).toBe(403);
    }
  });
});

describe('another origin', () => {
  test.each([
    ['POST', '/control/members'],
    ['GET', `/control/feed?as=${people.viewer}`],
    ['GET', '/'],
  ])('is refused: %s %s', async (method, path) => {
    const { url } = await runWorkspace();
    const strangers: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: url.replace('http', 'https') },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of strangers) expect(await ask(url, path, headers, method)).toBe(403);
  });

  test('its own is let in, and so is none', async () => {
    const { url } = await runWorkspace();
    const own = { origin: url, 'sec-fetch-site': 'same-origin' };
    expect(await ask(url, '/control/members', own)).toBe(200);
    expect(
      await ask(url, '/control/members', { origin: url.replace('127.0.0.1', 'localhost') }),
    ).toBe(200);
    expect(await ask(url, '/control/members', {})).toBe(200);
    expect(await ask(url, '/', { 'sec-fetch-site': 'none' }, 'GET')).toBe(200);
  });

  test('opens no socket, though its ticket is good', async () => {
    expect(await statusOfSocket({ origin: 'https://evil.example' })).toBe(403);
  });
});

test('a socket is not opened for another host either, though its ticket is good', async () => {
  expect(await statusOfSocket({ headers: { host: 'evil.example' } })).toBe(403);
});

/** What a socket with a good ticket is answered instead of being opened. */
async function statusOfSocket(options: ClientOptions): Promise<number | undefined> {
  const { url } = await runWorkspace();
  const { url: ticket } = await webClient(url, tokens.app).apps.connections.open();
  const socket = new WebSocket(String(ticket), options);
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.once('open', () => resolve(101));
    socket.on('error', () => {});
  });
}

describe('a request that makes no sense', () => {
  test.each([
    ['/control/explode', '{}', 404],
    ['/control/type', '{', 400],
    ['/control/type', '{"as":1}', 400],
    ['/control/faults', '{"failBefore":2}', 400],
    ['/control/faults', '{"unknown":true}', 400],
    ['/control/__proto__', '{}', 404],
    ['/nothing/here', '{}', 404],
  ])('to %s with %s is answered %i', async (path, body, status) => {
    const { url } = await runWorkspace();
    const response = await fetch(`${url}${path}`, { method: 'POST', body });
    expect(response.status).toBe(status);
  });

  test('that is too large is answered 413, and the workspace goes on', async () => {
    const { url } = await runWorkspace();
    const body = 'x'.repeat(1_200_000);
    const response = await fetch(`${url}/control/type`, { method: 'POST', body });
    expect(response.status).toBe(413);
    expect((await fetch(`${url}/api/api.test`)).status).toBe(200);
  });
});
