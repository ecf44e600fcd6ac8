import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { TargetError } from '../../../src/core/errors.ts';
import { Secret } from '../../../src/core/secret.ts';
import { httpAdmin } from '../../../src/targets/http-admin.ts';
import { realClock } from '../../support/clock.ts';
import { freePort } from '../../support/free-port.ts';
import { httpServer, tcpServer } from '../../support/local-server.ts';
import { selfSigned } from '../../support/self-signed.ts';

const token = 'tok-R3dHerring_0123456789';
const never = new AbortController().signal;
const soon = () => AbortSignal.timeout(150);

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});

const sectionAt = (url: string) => ({ url, token: new Secret(token) });

async function openAt(url: string, more: object = {}) {
  const options = httpAdmin.options.parse({ ...sectionAt(url), ...more });
  const target = { service: 'rms-auth', env: 'prod' };
  const offer = await httpAdmin.open(options, target, { clock: realClock });
  undo.push(offer.close);
  const { maintenance, accounts, signingKeys, sessions, denyList } = offer.capabilities;
  if (!maintenance || !accounts || !signingKeys || !sessions || !denyList)
    throw new Error('it offers too little');
  return { maintenance, accounts, signingKeys, sessions, denyList };
}

const answering = async (listener: RequestListener) => {
  const server = await httpServer(listener);
  undo.push(server.stop);
  return { ...(await openAt(`http://127.0.0.1:${server.port}`)), server };
};
const behaving = async (onConnection: (socket: Socket) => void) => {
  const server = await tcpServer(onConnection);
  undo.push(server.stop);
  return openAt(`http://127.0.0.1:${server.port}`);
};

/** What a change that goes wrong throws. */
async function thrownBy(work: () => Promise<unknown>): Promise<TargetError> {
  const thrown = await work().then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(TargetError);
  expect(inspect(thrown, { depth: 12, showHidden: true })).not.toContain(token);
  return thrown as TargetError;
}

describe('whether something happened', () => {
  test('a connection that is refused has changed nothing', async () => {
    const { maintenance } = await openAt(`http://127.0.0.1:${await freePort()}`);
    const error = await thrownBy(() => maintenance.turnOff(never));
    expect(error).toMatchObject({
      happened: false,
      retryable: true,
      message: 'the admin API refused the connection',
    });
  });

  test('a host that cannot be found has changed nothing', async () => {
    const { maintenance } = await openAt('https://nobody.invalid');
    const error = await thrownBy(() => maintenance.turnOff(never));
    expect(error).toMatchObject({ happened: false, message: expect.stringMatching(/resolve/) });
  });

  test('a host whose certificate nobody vouches for has been told nothing', async () => {
    const asked: string[] = [];
    const server = createHttpsServer(selfSigned(), (request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    undo.push(async () => void server.close());
    const { maintenance } = await openAt(
      `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    const error = await thrownBy(() => maintenance.turnOff(never));
    expect(error).toMatchObject({ happened: false, message: expect.stringMatching(/certificate/) });
    expect(asked).toEqual([]);
  });

  test('what was called off before is not even asked for', async () => {
    const { maintenance, server } = await answering((_, response) => response.end('{}'));
    const error = await thrownBy(() => maintenance.turnOff(AbortSignal.abort()));
    expect(error.happened).toBe(false);
    expect(server.connections()).toBe(0);
  });

  const lost: Record<string, (socket: Socket) => void> = {
    'is reset after it was sent': (socket) => socket.on('data', () => socket.resetAndDestroy()),
    'is closed after it was sent': (socket) => socket.on('data', () => socket.end()),
    'gets half an answer': (socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-le')),
    'gets something that is not HTTP': (socket) => socket.on('data', () => socket.end('hello\r\n')),
    'gets no answer in time': () => {},
  };
  test.each(Object.entries(lost))(
    'a request that %s may have changed something',
    async (_, behave) => {
      const { maintenance } = await behaving(behave);
      const error = await thrownBy(() => maintenance.turnOff(soon()));
      expect(error.happened).toBe(true);
      expect(error.message).toMatch(/^the admin API (closed|answered|gave|cannot)/);
    },
  );

  test.each([400, 401, 403, 404, 409, 413, 422, 429])(
    'an answer %i has changed nothing',
    async (status) => {
      const { maintenance } = await answering((_, response) =>
        response.writeHead(status).end('{"error":"no,\\n  not   now"}'),
      );
      const error = await thrownBy(() => maintenance.turnOff(never));
      expect(error.happened).toBe(false);
      expect(error.message).toContain(String(status));
      expect(error.message).toContain('no, not now');
    },
  );

  test.each([500, 502, 503, 504, 302, 307])(
    'an answer %i may have changed something',
    async (status) => {
      const asked: unknown[] = [];
      const { maintenance } = await answering(({ url }, response) => {
        asked.push(url);
        response.writeHead(status, { location: '/elsewhere' }).end();
      });
      expect((await thrownBy(() => maintenance.turnOff(never))).happened).toBe(true);
      expect(asked).toEqual(['/admin/maintenance']);
    },
  );

  test('an answer that it was done is believed, whatever becomes of its body', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"on":';
    const { maintenance } = await behaving((socket) => socket.on('data', () => socket.end(head)));
    await maintenance.turnOff(never);
  });

  test('a look before a change that fails is no change', async () => {
    const { signingKeys } = await answering((_, response) => response.writeHead(500).end());
    const error = await thrownBy(() => signingKeys.rotate('key-1', 0, never));
    expect(error.happened).toBe(false);
  });
});

describe('what is not believed', () => {
  test.each([
    ['no JSON', 'hello'],
    ['other JSON', '{"an":"answer"}'],
    ['an answer without an end', JSON.stringify({ on: false, pad: 'x'.repeat(70_000) })],
  ])('%s in place of what was asked', async (_, body) => {
    const { maintenance } = await answering((_request, response) => response.end(body));
    await expect(maintenance.read(never)).rejects.toThrow(/^the admin API answered/);
  });

  test('an account that was not asked for', async () => {
    const { accounts } = await answering((_, response) =>
      response.end('{"email":"admin-1@example.com","enabled":true}'),
    );
    await expect(accounts.find('user-1@example.com', never)).rejects.toThrow(/another account/);
  });

  test('a list of the most powerful accounts that is not whole, or holds others', async () => {
    const admin = '{"email":"a@example.com","role":"admin","enabled":true}';
    const other = '{"email":"b@example.com","role":"user","enabled":true}';
    for (const [count, ...users] of [
      [2, admin],
      [2, admin, other],
    ]) {
      const { accounts } = await answering((_, response) =>
        response.end(`{"count":${count},"users":[${users}]}`),
      );
      await expect(accounts.admins(never)).rejects.toThrow(/does not tell which/);
    }
  });

  test('whatever bytes come, there is a TargetError at the signal', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const anything = fc.asyncProperty(bytes, fc.boolean(), async (some, hangsUp) => {
      const { sessions } = await behaving((socket) => {
        if (hangsUp) socket.end(some);
        else socket.write(some);
      });
      await thrownBy(() => sessions.count(null, AbortSignal.timeout(20)));
    });
    await fc.assert(anything, { numRuns: 25 });
  });
});

describe('the token', () => {
  test('goes with every request as a header, and nowhere else', async () => {
    const seen: string[] = [];
    const { maintenance, accounts } = await answering((request, response) => {
      expect(request.headers.authorization).toBe(`Bearer ${token}`);
      const { authorization: _, ...others } = request.headers;
      seen.push(`${request.url} ${JSON.stringify(others)}`);
      response.end('{"on":false}');
    });
    await maintenance.read(never);
    await maintenance.turnOff(never);
    await accounts.find('user-1@example.com', never).catch(() => null);
    expect(seen).toHaveLength(3);
    expect(seen.join()).not.toContain(token);
  });

  test('does not come back in what a system says that repeats it', async () => {
    const { maintenance } = await answering((_, response) =>
      response.writeHead(403).end(JSON.stringify({ error: `${token} is not the token` })),
    );
    const error = await thrownBy(() => maintenance.turnOff(never));
    expect(error.message).toContain('[secret] is not the token');
  });

  test('is shown by nothing that prints the options', () => {
    const options = httpAdmin.options.parse(sectionAt('http://127.0.0.1:9'));
    const shown = [inspect(options, { depth: 9, showHidden: true }), JSON.stringify(options)];
    expect(shown.join()).not.toContain(token);
  });

  test.each([
    ['a text in the file', 'in-plain-sight-0123456789', /env:NAME or file:PATH/],
    ['too short to be one', new Secret('short'), /16 to 512/],
    ['of two lines', new Secret(`${token}\r\nx-more: yes`), /visible/],
  ])('that is %s is refused, and not repeated', (_, wrong, why) => {
    const section = { url: 'http://127.0.0.1:9', token: wrong };
    const { error } = httpAdmin.options.safeParse(section);
    expect(error?.issues[0]?.message).toMatch(why);
    expect(JSON.stringify(error?.issues)).not.toContain(String(wrong).slice(0, 5));
  });

  test.each(['http://auth.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1'])(
    'is not sent in clear text to %s',
    (url) => {
      const { error } = httpAdmin.options.safeParse(sectionAt(url));
      expect(error?.issues[0]?.message).toMatch(/in clear text/);
    },
  );

  test.each(['https://auth.example.com/base', 'http://localhost:9', 'http://[::1]:9'])(
    'may be sent to %s',
    (url) => {
      expect(httpAdmin.options.safeParse(sectionAt(url)).success).toBe(true);
    },
  );
});

test('every request has a connection of its own: a kept one may be dropped under a change', async () => {
  const { maintenance, server } = await answering((_, response) => response.end('{"on":false}'));
  for (let times = 0; times < 3; times += 1) await maintenance.turnOff(never);
  expect(server.connections()).toBe(3);
});

test('names go into an address as one part of it, whatever is in them', async () => {
  const asked: unknown[] = [];
  const { accounts } = await answering(({ url }, response) => {
    asked.push(url);
    response.writeHead(404).end();
  });
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
  const property = fc.asyncProperty(name, async (user) => {
    asked.length = 0;
    await accounts.disable(user, never).catch((error) => expect(error.happened).toBe(false));
    if (asked.length === 0) return; // refused: there can be nothing of that name
    expect(String(asked[0])).toMatch(/^\/admin\/users\/[^/?#]+\/disable$/);
    expect(decodeURIComponent(String(asked[0]).split('/')[3] ?? '')).toBe(user);
    expect(new URL(String(asked[0]), 'http://a').pathname).toBe(asked[0]);
  });
  await fc.assert(property, { numRuns: 100 });
});

test('a long list of refused addresses is read whole, and an endless one is not', async () => {
  const reason = 'r'.repeat(500);
  const entry = (index: number) => ({ address: `2001:db8::${index}`, until: null, reason });
  let many = 1_000;
  const { denyList } = await answering((_, response) =>
    response.end(JSON.stringify({ addresses: Array.from({ length: many }, (_, at) => entry(at)) })),
  );
  expect(await denyList.entries(never)).toHaveLength(many);
  many = 3_000;
  await expect(denyList.entries(never)).rejects.toThrow('more than an answer can have');
});

test.each(['', '.', '..', '\ud800'])(
  'nothing is asked for the name %j, which would be another path',
  async (name) => {
    const { accounts, server } = await answering((_, response) => response.end('{}'));
    await expect(accounts.disable(name, never)).rejects.toMatchObject({ happened: false });
    await expect(accounts.find(name, never)).rejects.toMatchObject({ happened: false });
    expect(server.connections()).toBe(0);
  },
);

test('what the section says that the API cannot do is not offered', async () => {
  const options = httpAdmin.options.parse({
    ...sectionAt('http://127.0.0.1:9'),
    offers: ['maintenance'],
  });
  const target = { service: 'rms-auth', env: 'prod' };
  const { capabilities } = await httpAdmin.open(options, target, { clock: realClock });
  expect(Object.keys(capabilities)).toEqual(['maintenance']);
});

test('tokens that outlive their session are told of', async () => {
  const more = { tokens_outlive: '15m' };
  expect((await openAt('http://127.0.0.1:9', more)).sessions.remains()).toContain('15 m');
  expect((await openAt('http://127.0.0.1:9')).sessions.remains()).toBeNull();
});

test.each([
  ['protected', ['10.0.0.0/33'], /range/],
  ['protected', ['office'], /range/],
  ['url', 'https://u:p@auth.example.com', /password/],
  ['url', 'ftp://auth.example.com', /https/],
  ['roles', [], /at least|>=1|Too small/],
  ['nonsense', true, /nonsense/],
])('%s: %j in the file is a mistake', (key, value, why) => {
  const section = { ...sectionAt('http://127.0.0.1:9'), [key]: value };
  expect(httpAdmin.options.safeParse(section).error?.issues[0]?.message).toMatch(why);
});
