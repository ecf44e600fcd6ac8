import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Readiness } from '../../src/core/readiness.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { startWeb } from '../../src/web/server.ts';
import type { WebOptions } from '../../src/web/web-options.ts';
import { listenersAt, listenersKnown, thisMachine } from '../support/listeners.ts';

async function start(given: Partial<WebOptions> = {}) {
  const web = await startWeb({ port: 0, checks: {}, metrics: createMetrics(), ...given });
  onTestFinished(() => web.close());
  return web;
}

const get = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.text() };
};

test('it listens on this machine alone unless told otherwise', async () => {
  const { url } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  if (!listenersKnown) return;
  expect(listenersAt(Number(new URL(url).port))).toEqual([expect.toBeOneOf(thisMachine)]);
});

test('/healthz says that the process lives, whatever else is wrong', async () => {
  const { url } = await start({ checks: { store: () => ({ ok: false, why: 'closed' }) } });
  expect(await get(`${url}/healthz`)).toEqual({ status: 200, body: '{"ok":true}' });
});

test('/readyz is well when every part is, and otherwise says which is not and why', async () => {
  let store: Readiness = { ok: false, why: 'the database is being opened' };
  const { url } = await start({
    checks: { slack: () => ({ ok: true, why: null }), store: () => store },
  });
  const before = await get(`${url}/readyz`);
  store = { ok: true, why: null };
  const after = await get(`${url}/readyz`);

  expect(before.status).toBe(503);
  expect(JSON.parse(before.body)).toEqual({
    ok: false,
    checks: {
      slack: { ok: true, why: null },
      store: { ok: false, why: 'the database is being opened' },
    },
  });
  expect(after.status).toBe(200);
  expect(JSON.parse(after.body)).not.toHaveProperty('degraded');
});

test('/readyz is well, and says so, when a part works but not as it usually does', async () => {
  const changes = { ok: true, why: 'all changes are stopped' };
  const { url } = await start({ checks: { changes: async () => changes } });
  const { status, body } = await get(`${url}/readyz`);
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ ok: true, degraded: true, checks: { changes } });
});

test('/metrics shows what was counted before anybody asked, what was counted since, and every gauge', async () => {
  let connected = 0;
  const metrics = createMetrics([
    { name: 'slack_connected', help: 'Whether Slack is.', read: () => connected },
  ]);
  const { url } = await start({ metrics });
  metrics.delivered('command', 'new');
  metrics.acknowledged('command', 0.004);
  await get(`${url}/metrics`);
  metrics.delivered('command', 'new');
  metrics.delivered('click', 'copy');
  connected = 1;
  const { body } = await get(`${url}/metrics`);

  expect(body).toContain('gatehouse_deliveries_total{kind="command",outcome="new"} 2');
  expect(body).toContain('gatehouse_deliveries_total{kind="click",outcome="copy"} 1');
  expect(body).toContain('gatehouse_acknowledgement_seconds_bucket{le="0.005",kind="command"} 1');
  expect(body).toContain('gatehouse_slack_connected 1');
  expect(body).toContain('process_cpu_seconds_total');
});

test('what happens before anybody asks for metrics is not kept without end', async () => {
  const metrics = createMetrics();
  for (let count = 0; count < 5_000; count += 1) metrics.delivered('event', 'new');
  const { text } = await metrics.expose();
  expect(text).toContain('gatehouse_deliveries_total{kind="event",outcome="new"} 5000');
});

test('Slack’s requests go where they are taken, and nowhere when they are not', async () => {
  const taking = await start({ slack: (_request, response) => void response.end('taken') });
  const refusing = await start();
  const post = { method: 'POST', body: '{}' };
  expect(await get(`${taking.url}/slack/events?x=1`, post)).toEqual({ status: 200, body: 'taken' });
  expect((await get(`${refusing.url}/slack/events`, post)).status).toBe(404);
});

test('anything else is turned down', async () => {
  const { url } = await start();
  expect((await get(`${url}/constructor`)).status).toBe(404);
  expect((await get(`${url}/healthz`, { method: 'POST' })).status).toBe(405);
  expect((await get(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
});

test('metrics that cannot be had are a 500 and not the end of the process', async () => {
  const { url } = await start({ metrics: { expose: () => Promise.reject(new Error('broken')) } });
  expect((await get(`${url}/metrics`)).status).toBe(500);
});

test('a taken port is reported with the address', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  await expect(start({ port })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port}: another program has that port. Choose another one in GATEHOUSE_PORT`,
  );
});
