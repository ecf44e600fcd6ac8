import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import type { Offer } from '../../src/core/driver.ts';
import { http } from '../../src/targets/http.ts';
import { driverContract } from '../contracts/driver.ts';
import { realClock, stillClock } from '../support/clock.ts';
import { httpServer, type LocalServer } from '../support/local-server.ts';

const target = { service: 'rms-auth', env: 'prod' };
const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});

const serve = async (listener: RequestListener): Promise<LocalServer> => {
  const server = await httpServer(listener);
  undo.push(server.stop);
  return server;
};

const open = async (checks: readonly object[], clock: Clock = realClock): Promise<Offer> => {
  const offer = await http.open(http.options.parse({ checks }), target, { clock });
  undo.push(offer.close);
  return offer;
};

/** Asks a server once, as one check with these expectations. */
async function look(listener: RequestListener, expected: object = {}, clock: Clock = realClock) {
  const { port } = await serve(listener);
  const check = { name: 'ready', url: `http://127.0.0.1:${port}/health?deep=1`, expect: expected };
  const { capabilities } = await open([check], clock);
  const probe = capabilities.probes?.list()[0];
  return { probe, seen: await probe?.run(AbortSignal.timeout(5_000)), port };
}

const json = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

driverContract({
  driver: http,
  section: (port) => ({ checks: [{ name: 'ready', url: `http://127.0.0.1:${port}/health` }] }),
});

describe('what a healthy answer is', () => {
  test('the status, and how long it took', async () => {
    const clock = stillClock();
    const { seen } = await look(
      (_, response) => {
        clock.pass(12);
        response.end('anything at all');
      },
      {},
      clock,
    );
    expect(seen).toEqual({ health: 'up', detail: '200 in 12 ms' });
  });

  test('another status is down', async () => {
    const { seen } = await look((_, response) => json(response, { status: 'healthy' }, 500));
    expect(seen).toMatchObject({ health: 'down', detail: expect.stringMatching(/^500 in /) });
  });

  test('another status can be the expected one', async () => {
    const answer: RequestListener = (_, response) => json(response, {}, 204);
    expect((await look(answer, { status: 204 })).seen).toMatchObject({ health: 'up' });
    const { seen } = await look((_, response) => json(response, {}), { status: 204 });
    expect(seen).toMatchObject({ health: 'down', detail: expect.stringMatching(/expected 204$/) });
  });

  test('a body that holds more than is expected', async () => {
    const body = { status: 'healthy', version: '2.0.0', features: { mfa: true, oauth2: true } };
    const { seen } = await look((_, response) => json(response, body), {
      body: { status: 'healthy', features: { mfa: true } },
    });
    expect(seen).toMatchObject({ health: 'up' });
  });

  test.each([
    [{ status: 'degraded' }, '200 but status is "degraded", expected "healthy"'],
    [{}, '200 but status is missing, expected "healthy"'],
    [['healthy'], '200 but the body is ["healthy"], expected {"status":"healthy"}'],
    ['x'.repeat(5_000), /^200 but the body is "x{58}…, expected/],
  ])('the body %j is degraded, and says where it differs', async (body, detail) => {
    const { seen } = await look((_, response) => json(response, body), {
      body: { status: 'healthy' },
    });
    expect(seen?.health).toBe('degraded');
    expect(seen?.detail).toEqual(
      typeof detail === 'string' ? detail : expect.stringMatching(detail),
    );
  });

  test('a difference deep inside is named by its path', async () => {
    const body = { checks: { redis: { up: false } } };
    const { seen } = await look((_, response) => json(response, body), {
      body: { checks: { redis: { up: true } } },
    });
    expect(seen?.detail).toBe('200 but checks.redis.up is false, expected true');
  });

  test('inherited names are not fields', async () => {
    const { seen } = await look((_, response) => json(response, {}), {
      body: { constructor: 'x' },
    });
    expect(seen?.detail).toBe('200 but constructor is missing, expected "x"');
  });

  test('a body that is not JSON, or longer than a health answer, is degraded', async () => {
    const expected = { body: { status: 'healthy' } };
    const page = await look((_, response) => response.end('<html>'), expected);
    expect(page.seen).toEqual({ health: 'degraded', detail: '200 but the body is not JSON' });
    const endless = await look((_, response) => pour(response), expected);
    expect(endless.seen).toEqual({
      health: 'degraded',
      detail: '200 but the body is longer than 64 KiB',
    });
  });

  test('an endless body is not read to its end when nothing is expected of it', async () => {
    const { seen } = await look((_, response) => pour(response));
    expect(seen?.health).toBe('up');
  });

  test('a slow answer is degraded', async () => {
    const clock = stillClock();
    const answer: RequestListener = (_, response) => {
      clock.pass(2_500);
      response.end();
    };
    const { seen } = await look(answer, { within: '2s' }, clock);
    expect(seen).toEqual({ health: 'degraded', detail: '200 in 2.5 s, slower than 2 s' });
  });
});

test('a target that speaks no TLS where it should is down', async () => {
  const { port } = await serve((_, response) => response.end());
  const { capabilities } = await open([{ name: 'ready', url: `https://127.0.0.1:${port}/` }]);
  const seen = await capabilities.probes?.list()[0]?.run(AbortSignal.timeout(5_000));
  expect(seen).toEqual({ health: 'down', detail: expect.stringMatching(/TLS/) });
});

describe('what it sends', () => {
  test('one GET of the address in the catalogue, and no redirect is followed', async () => {
    const asked: string[] = [];
    const { seen } = await look((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(asked).toEqual(['GET /health?deep=1']);
    expect(seen).toMatchObject({ health: 'down', detail: expect.stringMatching(/^302 in /) });
  });

  const asks = async (listener: RequestListener) => {
    const server = await serve(listener);
    const check = { name: 'ready', url: `http://127.0.0.1:${server.port}/` };
    const probe = (await open([check])).capabilities.probes?.list()[0];
    const ask = async () => {
      await new Promise((resolve) => setImmediate(resolve)); // a used connection is free a turn later
      return probe?.run(AbortSignal.timeout(5_000));
    };
    return { ask, server };
  };

  test('connections are kept', async () => {
    const { ask, server } = await asks((_, response) => response.end());
    for (let times = 0; times < 3; times += 1) await ask();
    expect(server.connections()).toBe(1);
  });

  test('a kept connection that the other side drops is no news of its health', async () => {
    const used = new Set<unknown>();
    const { ask, server } = await asks(({ socket }, response) => {
      if (used.has(socket)) socket.resetAndDestroy();
      else response.end();
      used.add(socket);
    });
    expect(await ask()).toMatchObject({ health: 'up' });
    expect(await ask()).toMatchObject({ health: 'up' });
    expect(server.connections()).toBe(2);
  });

  test('many checks of one host run at the same time', async () => {
    const waiting: ServerResponse[] = [];
    const { port } = await serve((_, response) => {
      waiting.push(response);
      if (waiting.length === 32) for (const each of waiting) each.end();
    });
    const url = `http://127.0.0.1:${port}/`;
    const checks = Array.from({ length: 32 }, (_, index) => ({ name: `check ${index}`, url }));
    const probes = (await open(checks)).capabilities.probes?.list() ?? [];
    const seen = await Promise.all(probes.map((probe) => probe.run(AbortSignal.timeout(5_000))));
    expect(seen.every(({ health }) => health === 'up')).toBe(true);
  });
});

describe('what it refuses in the catalogue', () => {
  const wrong = (check: object) =>
    http.options.safeParse({ checks: [{ name: 'a', ...check }] }).error?.issues[0]?.message;

  test('addresses that are not HTTP, or hold a password', () => {
    expect(wrong({ url: 'file:///etc/passwd' })).toContain('http://');
    expect(wrong({ url: 'health' })).toContain('http://');
    expect(wrong({ url: 'http://admin:pw@127.0.0.1/' })).toContain('password');
  });

  test('two checks of the same name, none, and what is no duration', () => {
    const url = 'http://127.0.0.1/';
    const twice = {
      checks: [
        { name: 'a', url },
        { name: 'a', url },
      ],
    };
    expect(http.options.safeParse(twice).error?.issues[0]?.message).toContain('same name');
    expect(http.options.safeParse({ checks: [] }).success).toBe(false);
    expect(wrong({ url, expect: { within: 'soon' } })).toContain('duration');
    expect(wrong({ url, expect: { bodi: {} } })).toContain('bodi');
  });
});

/** Sends until nobody listens. */
function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(16_384, 0x20);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
