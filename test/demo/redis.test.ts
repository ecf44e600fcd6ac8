import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedisClient } from '../../demo/redis-client.ts';
import { type Reply, readReply } from '../../demo/redis-protocol.ts';
import { redisSessions } from '../../demo/redis-sessions.ts';
import type { Session } from '../../demo/sessions.ts';
import { type RedisServer, redisAvailable, startRedis } from '../support/redis-server.ts';

const reply: fc.Memo<Reply> = fc.memo((depth) =>
  depth <= 1
    ? fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null))
    : fc.oneof(reply(1), fc.array(reply(), { maxLength: 4 })),
);

function encode(value: Reply): string {
  if (value === null) return '$-1\r\n';
  if (typeof value === 'number') return `:${value}\r\n`;
  if (typeof value === 'string') return `$${Buffer.byteLength(value)}\r\n${value}\r\n`;
  if (value instanceof Error) return `-${value.message}\r\n`;
  return `*${value.length}\r\n${value.map(encode).join('')}`;
}

test('an answer of Redis is read once it is whole, wherever the network cut it', () => {
  fc.assert(
    fc.property(reply(3), fc.nat(), (value, cut) => {
      const text = encode(value);
      const bytes = Buffer.from(text);
      expect(readReply(bytes, 0)).toEqual({
        reply: JSON.parse(JSON.stringify(value)) ?? null,
        end: bytes.length,
      });
      expect(readReply(bytes.subarray(0, cut % bytes.length), 0)).toBeNull();
    }),
  );
});

const session = (id: string, life: number): Session => ({
  id,
  user: `${id}@example.com`,
  address: '192.0.2.1',
  refresh: 'x',
  startedAt: Date.now(),
  expiresAt: Date.now() + life,
});

describe.skipIf(!redisAvailable)('sessions in a real Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());
  const client = () => createRedisClient(Number(new URL(server.url).port));

  test('are found, listed, ended, and run out by themselves', async () => {
    const sessions = redisSessions(client());
    await sessions.add(session('a', 60_000));
    await sessions.add(session('b', 60_000));
    await sessions.add(session('brief', 1));
    expect(await sessions.find('a')).toMatchObject({ user: 'a@example.com' });
    await expect.poll(() => sessions.find('brief')).toBeNull();
    expect((await sessions.list()).map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(await sessions.end(['a', 'nobody'])).toBe(1);
    expect(await sessions.find('a')).toBeNull();
    await sessions.end(['b']);
  });

  test('an error of Redis is thrown, and the next command works', async () => {
    const redis = client();
    await expect(redis.send('GET')).rejects.toThrow('wrong number of arguments');
    expect(await redis.send('PING')).toBe('PONG');
  });

  test('many commands at once each get their own answer', async () => {
    const redis = client();
    const words = Array.from({ length: 500 }, (_, index) => `word ${index} ${'ü'.repeat(index)}`);
    expect(await Promise.all(words.map((word) => redis.send('ECHO', word)))).toEqual(words);
  });
});

test('a Redis that is not there is an error, each time anew', async () => {
  const redis = createRedisClient(1);
  await expect(redis.send('PING')).rejects.toThrow('ECONNREFUSED');
  await expect(redis.send('PING')).rejects.toThrow('ECONNREFUSED');
});
