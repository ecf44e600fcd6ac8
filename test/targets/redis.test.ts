import { rm } from 'node:fs/promises';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import type { Offer } from '../../src/core/driver.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Sighting, sightAll } from '../../src/core/sighting.ts';
import type { Address } from '../../src/targets/address.ts';
import { plainReplies } from '../../src/targets/redis/guard.ts';
import { judgeInfo, parseInfo } from '../../src/targets/redis/info.ts';
import { scan } from '../../src/targets/redis/scan.ts';
import { redis } from '../../src/targets/redis.ts';
import { cachesContract } from '../contracts/caches.ts';
import { driverContract } from '../contracts/driver.ts';
import { realClock } from '../support/clock.ts';
import { tcpServer } from '../support/local-server.ts';
import { ownRedis, redisAvailable, startRedis } from '../support/redis-server.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});

const open = async (url: Address, more: object = {}): Promise<Offer> => {
  const target = { service: 'rms-auth', env: 'prod' };
  const options = redis.options.parse({ url, ...more });
  const offer = await redis.open(options, target, { clock: realClock });
  undo.push(offer.close);
  return offer;
};

const look = ({ capabilities }: Offer, deadline = 5_000): Promise<Sighting[]> =>
  sightAll(capabilities.probes?.list() ?? [], realClock, deadline);

const start = async (settings: readonly string[] = []) => {
  const server = await startRedis(settings);
  undo.push(server.stop);
  return server;
};

/** Somebody else's connection. */
const admin = async (url: string): Promise<Redis> => {
  const client = new Redis(url, { lazyConnect: true });
  client.on('error', () => {});
  undo.push(async () => client.disconnect());
  await client.connect();
  return client;
};

driverContract({
  driver: redis,
  section: (port) => ({ url: `redis://127.0.0.1:${port}` }),
});

describe.skipIf(!redisAvailable)('a Redis that runs', () => {
  test('answers PONG, and tells of memory, clients, role and persistence', async () => {
    const { url } = await start();
    const [ping, info] = await look(await open(url));
    expect(ping).toMatchObject({ probe: 'redis ping', health: 'up' });
    expect(ping?.detail).toMatch(/^PONG in /);
    expect(info).toMatchObject({ probe: 'redis info', health: 'up' });
    expect(info?.detail).toMatch(/^Redis \d.*, master, .* used, \d+ clients?, .*, AOF off$/);
  });

  test('is asked over one connection, whoever asks', async () => {
    const { url } = await start();
    const offer = await open(url);
    const all = await Promise.all([look(offer), look(offer), look(offer)]);
    expect(all.flat().every(({ health }) => health === 'up')).toBe(true);
    const clients = String(await (await admin(url)).client('LIST'));
    expect(clients.match(/name=gatehouse /g)).toHaveLength(1);
  });
});

describe.skipIf(!ownRedis)('caches in a Redis', () => {
  const cachesAt = async (url: string, prefix = 'cache:') =>
    (await open(url, { prefixes: [prefix] })).capabilities.caches ?? expect.fail('it has none');
  const never = new AbortController().signal;

  cachesContract(async (prefix, has) => {
    const { url } = await start();
    const client = await admin(url);
    if (has.length > 0) await client.mset(Object.fromEntries(has.map((name) => [name, '1'])));
    return {
      caches: await cachesAt(url, prefix),
      names: async () => (await client.keys('*')).toSorted(),
    };
  });

  test('nothing but SCAN and UNLINK is ever said, and other databases keep what they have', async () => {
    const { url } = await start();
    const client = await admin(url);
    await client.mset({ 'cache:a': '1', 'cache:b': '1', 'session:c': '1' });
    const other = await admin(`${url}/1`);
    await other.set('cache:a', '1');
    await client.config('RESETSTAT');
    const caches = await cachesAt(url);
    expect(await caches.size('cache:', never)).toBe(2);
    expect(await caches.clear('cache:', never)).toBe(2);
    const said = String(await client.info('commandstats')).match(/^cmdstat_([a-z|]+)/gm);
    expect(said?.map((line) => line.slice(8)).toSorted()).toEqual(
      expect.arrayContaining(['scan', 'unlink']),
    );
    expect(said?.join(' ')).not.toMatch(/flush|del\b|keys|eval|config\|set/);
    expect(await other.dbsize()).toBe(1);
  });

  test('names that are no text are removed too', async () => {
    const { url } = await start();
    const client = await admin(url);
    const name = Buffer.concat([Buffer.from('cache:'), Buffer.from([0xff, 0x00, 0xfe])]);
    await client.set(name, '1');
    expect(await (await cachesAt(url)).clear('cache:', never)).toBe(1);
    expect(await client.dbsize()).toBe(0);
  });

  test('a Redis that is not there has had nothing removed', async () => {
    const server = await start();
    const caches = await cachesAt(server.url);
    await server.stop();
    await expect(caches.clear('cache:', never)).rejects.toMatchObject({
      name: 'TargetError',
      happened: false,
      message: expect.stringMatching(/^Redis (refused|closed) the connection/),
    });
  });

  test('one that breaks off in the middle may have removed something', async () => {
    const scan = '*2\r\n$1\r\n0\r\n*1\r\n$7\r\ncache:a\r\n';
    const server = await tcpServer((socket) => {
      socket.on('data', (bytes) => {
        const said = String(bytes);
        if (said.includes('unlink')) socket.destroy();
        else socket.write(said.includes('scan') ? scan : '+OK\r\n');
      });
    });
    undo.push(server.stop);
    const caches = await cachesAt(`redis://127.0.0.1:${server.port}`);
    await expect(caches.clear('cache:', never)).rejects.toMatchObject({ happened: true });
  });

  test('one that was called off while it was looked for removes nothing afterwards', async () => {
    const unlinked: string[] = [];
    const names = '*2\r\n$1\r\n0\r\n*1\r\n$7\r\ncache:a\r\n';
    const called = new AbortController();
    let scans = 0;
    const server = await tcpServer((socket) => {
      const answerScan = () => {
        scans += 1;
        if (scans === 1) socket.write(names);
        if (scans === 2) void caches.size('cache:', never); // keeps the connection in use
        if (scans !== 3) return;
        called.abort(); // the answer comes, and nobody waits for it any more
        setTimeout(() => socket.write(names + names), 20);
      };
      socket.on('data', (bytes) => {
        const said = String(bytes);
        if (said.includes('scan')) return answerScan();
        if (said.includes('unlink')) unlinked.push(said);
        socket.write(':1\r\n');
      });
    });
    undo.push(server.stop);
    const caches = await cachesAt(`redis://127.0.0.1:${server.port}`);
    await expect(caches.clear('cache:', called.signal)).rejects.toMatchObject({ happened: false });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(unlinked).toEqual([]);
  });

  test('names that a server answers and nobody asked for are neither counted nor removed', async () => {
    const unlinked: string[] = [];
    const scan = '*2\r\n$1\r\n0\r\n*2\r\n$9\r\nsession:a\r\n$7\r\ncache:a\r\n';
    const server = await tcpServer((socket) => {
      socket.on('data', (bytes) => {
        const said = String(bytes);
        if (said.includes('unlink')) unlinked.push(said);
        if (said.includes('unlink')) socket.write(':1\r\n');
        else socket.write(said.includes('scan') ? scan : '+OK\r\n');
      });
    });
    undo.push(server.stop);
    const caches = await cachesAt(`redis://127.0.0.1:${server.port}`);
    expect(await caches.size('cache:', never)).toBe(1);
    expect(await caches.clear('cache:', never)).toBe(1);
    expect(unlinked.join()).toContain('cache:a');
    expect(unlinked.join()).not.toContain('session:a');
  });
});

test('looking for names goes no further once it was called off, and never on for ever', async () => {
  const endless = (many: number) => {
    let asked = 0;
    const names = Array.from({ length: many }, (_, index) => Buffer.from(`cache:${index}`));
    const scanBuffer = async () => {
      asked += 1;
      return ['1', names];
    };
    return { client: { scanBuffer } as unknown as Redis, asked: () => asked };
  };
  const calledOff = new AbortController();
  const one = endless(1);
  const goOn = async () => {
    for await (const _ of scan(one.client, 'cache:', calledOff.signal)) calledOff.abort();
  };
  await expect(goOn()).rejects.toThrow('gave no answer in time');
  expect(one.asked()).toBe(1);
  const two = endless(10_000);
  const goOnForEver = async () => {
    for await (const _ of scan(two.client, 'cache:', new AbortController().signal));
  };
  await expect(goOnForEver()).rejects.toThrow('more than 200000 entries under cache:');
});

test.each([
  ['session:', 'can be made again'],
  ['lockout:', 'can be made again'],
  ['rate-limit:', 'can be made again'],
  ['token:', 'can be made again'],
  ['cache', 'up to a separator'],
  ['*', 'up to a separator'],
  ['c*:', 'up to a separator'],
  ['', 'up to a separator'],
])('the prefix %j is no cache that can be listed', (prefix, why) => {
  const url = 'redis://127.0.0.1';
  const { error } = redis.options.safeParse({ url, prefixes: [prefix] });
  expect(error?.issues[0]?.message).toContain(why);
});

test('without listed prefixes nothing can be cleared', async () => {
  expect((await open('redis://127.0.0.1:9')).capabilities.caches).toBeUndefined();
});

describe.skipIf(!ownRedis)('a Redis in trouble', () => {
  test('that hangs is unknown, and up again as soon as it goes on', async () => {
    const server = await start();
    const offer = await open(server.url);
    await look(offer);
    process.kill(server.pid ?? 0, 'SIGSTOP');
    const hung = await look(offer, 100);
    process.kill(server.pid ?? 0, 'SIGCONT');
    expect(hung.map(({ health }) => health)).toEqual(['unknown', 'unknown']);
    expect((await look(offer)).map(({ health }) => health)).toEqual(['up', 'up']);
  });

  test('that died is down', async () => {
    const server = await start();
    const offer = await open(server.url);
    await look(offer);
    await server.stop();
    for (const { health, detail } of await look(offer)) {
      expect(health).toBe('down');
      expect(detail).toMatch(/^(refused the connection|closed the connection)/);
    }
  });

  test('that asks for a password is not called down, and no message holds one', async () => {
    const { url } = await start(['--requirepass', 'correct-horse']);
    const address = (password: string) =>
      new Secret(url.replace('redis://', `redis://:${password}@`));
    expect((await look(await open(address('correct-horse')))).every((s) => s.health === 'up')).toBe(
      true,
    );
    for (const [wrong, code] of [
      [address('battery-staple'), 'WRONGPASS'],
      [url, 'NOAUTH'],
    ] as const) {
      for (const { health, detail } of await look(await open(wrong))) {
        expect([health, detail]).toEqual(['unknown', `does not let Gatehouse in (${code})`]);
      }
    }
  });

  test('a refusal carries no password in what is logged of it', async () => {
    const { url } = await start(['--requirepass', 'correct-horse']);
    const offer = await open(new Secret(url.replace('redis://', 'redis://:battery-staple@')));
    const [ping] = offer.capabilities.probes?.list() ?? [];
    const refused = await ping?.run(AbortSignal.timeout(5_000)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(inspect(refused, { depth: 10, showHidden: true })).not.toContain('battery-staple');
  });

  test('that has no connection left is down', async () => {
    const { url } = await start(['--maxclients', '1']);
    await admin(url);
    for (const { health, detail } of await look(await open(url))) {
      // its farewell can be lost when we were writing at that moment
      expect(detail).toMatch(/^(has no connection left for another client|closed the connection)/);
      expect(health).toBe('down');
    }
  });

  test('that cannot save is degraded, with the reason first', async () => {
    const { url, folder } = await start();
    await rm(folder ?? '', { recursive: true });
    await (await admin(url)).bgsave();
    const [, info] = await untilDegraded(await open(url));
    expect(info?.detail).toMatch(/^the last save failed, Redis /);
  });
});

test('a failed connection is not tried again until somebody asks', async () => {
  const server = await tcpServer((socket) => socket.destroy());
  undo.push(server.stop);
  const offer = await open(`redis://127.0.0.1:${server.port}`);
  await look(offer, 1_000);
  const made = server.connections();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(server.connections()).toBe(made);
});

describe('a server that sends what nobody asked for', () => {
  const nasty = [
    '*-1\r\n',
    '$-1\r\n',
    '>3\r\n+a\r\n+b\r\n+c\r\n',
    '>1\r\n$-1\r\n',
    '*3\r\n$9\r\nsubscribe\r\n$-1\r\n:1\r\n',
    '_\r\n',
    '*0\r\n',
    '*1\r\n$4\r\nPONG\r\n',
    '*2\r\n*0\r\n$1\r\n0\r\n',
    '*2\r\n$1\r\n0\r\n*1\r\n$-1\r\n',
    '*2\r\n$1\r\n0\r\n*1\r\n*1\r\n:1\r\n',
    '*2\r\n$1\r\n0\r\n*-1\r\n',
    '*2\r\n$1\r\n0\r\n*99999\r\n',
    '*2\r\n$1\r\n0\r\n*1\r\n$1\r\na\r\n',
    '*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nb\r\n',
    '$99999999\r\n',
    '+PONG\n',
    '+OK\r\n',
    '-ERR what\r\n',
    ':1\r\n',
  ];

  /** Sends so much at first, and again for everything it is told. */
  const lookAtOneThatSays = async (words: string) => {
    const server = await tcpServer((socket) => {
      socket.write(words);
      socket.on('data', () => socket.write(words));
    });
    undo.push(server.stop);
    return look(await open(`redis://127.0.0.1:${server.port}`), 50);
  };

  test.each(nasty)('%j is at worst down', async (reply) => {
    for (const { health } of await lookAtOneThatSays(reply.repeat(2)))
      expect(health).not.toBe('up');
  });

  test('any mixture of replies is survived', async () => {
    const mixture = fc.array(fc.constantFrom('+PONG\r\n', ...nasty), {
      minLength: 1,
      maxLength: 6,
    });
    const property = fc.asyncProperty(mixture, async (replies) => {
      await lookAtOneThatSays(replies.join(''));
    });
    await fc.assert(property, { numRuns: 25 });
  });

  test('replies are understood wherever the network cuts them', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '\r', '\n', '$', '*', '0'),
      maxLength: 40,
    });
    const reply = fc.oneof(
      fc.constantFrom('+PONG\r\n', '-ERR no\r\n', ':12\r\n', '$0\r\n\r\n'),
      text.map((some) => `$${some.length}\r\n${some}\r\n`),
      fc.array(text, { maxLength: 4 }).map((names) => {
        const list = names.map((name) => `$${name.length}\r\n${name}\r\n`).join('');
        return `*2\r\n$1\r\n0\r\n*${names.length}\r\n${list}`;
      }),
    );
    fc.assert(
      fc.property(fc.array(reply), fc.array(fc.nat(200)), (replies, cuts) => {
        const bytes = Buffer.from(replies.join(''));
        const edges = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b)];
        const isPlain = plainReplies();
        for (const [index, edge] of edges.entries()) {
          expect(isPlain(bytes.subarray(edge, edges[index + 1] ?? bytes.length))).toBe(true);
        }
      }),
    );
  });
});

test.each([
  '*-1\r\n',
  '*1\r\n',
  '*3\r\n',
  '*2\r\n*0\r\n',
  '*2\r\n+0\r\n',
  '*2\r\n$1\r\n0\r\n$1\r\n',
  '*2\r\n$1\r\n0\r\n*10001\r\n',
  '*2\r\n$1\r\n0\r\n*1\r\n:1\r\n',
  '*2\r\n$1\r\n0\r\n*1\r\n*2\r\n',
  '*2\r\n$1\r\n0\r\n*0\r\n*1\r\n',
])('the list %j is not let through to the client', (bytes) => {
  expect(plainReplies()(Buffer.from(bytes))).toBe(false);
});

test('an address with a password must come as a secret, and must be one of Redis', () => {
  const complaint = (url: unknown) => redis.options.safeParse({ url }).error?.issues[0]?.message;
  expect(complaint('redis://:pw@127.0.0.1')).toContain('env:NAME');
  expect(complaint('http://127.0.0.1')).toContain('redis://');
  expect(complaint(new Secret('nonsense-pw'))).toContain('redis://');
  expect(complaint(new Secret('nonsense-pw'))).not.toContain('nonsense-pw');
  expect(complaint(7)).toContain('env:NAME');
  expect(complaint(new Secret('rediss://:pw@127.0.0.1'))).toBeUndefined();
});

describe('what INFO tells', () => {
  const judge = (fields: Record<string, string>) => {
    const told = { redis_version: '7.0.0', role: 'master', connected_clients: '1', ...fields };
    const text = Object.entries(told).map(([name, value]) => `${name}:${value}`);
    return judgeInfo(parseInfo(['# Section', ...text, ''].join('\r\n')), 1_000_000);
  };

  test.each([
    [{ loading: '1' }, 'still loading its data'],
    [{ maxmemory: '1000', used_memory: '900' }, 'memory nearly full'],
    [{ role: 'slave', master_link_status: 'down' }, 'cut off from its master'],
    [{ aof_last_write_status: 'err' }, 'the last write to the AOF failed'],
  ])('%j is degraded', (fields, reason) => {
    const { health, detail } = judge(fields);
    expect(health).toBe('degraded');
    expect(detail.startsWith(reason)).toBe(true);
  });

  test('figures are said for people', () => {
    const saved = { rdb_last_save_time: '880', rdb_saves: '3', aof_enabled: '1' };
    expect(judge({ used_memory: '5242880', ...saved })).toEqual({
      health: 'up',
      detail: 'Redis 7.0.0, master, 5.0 MiB used, 1 client, saved 2 m ago, AOF on',
    });
  });

  test('an answer without a version is not taken for good news', () => {
    expect(judgeInfo(parseInfo('null'), 0).health).toBe('degraded');
  });
});

/** Redis notices a failed save a moment later. */
async function untilDegraded(offer: Offer): Promise<Sighting[]> {
  for (;;) {
    const seen = await look(offer);
    if (seen.some(({ health }) => health === 'degraded')) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
