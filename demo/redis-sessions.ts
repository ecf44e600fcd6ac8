import type { RedisClient } from './redis-client.ts';
import type { Session, Sessions } from './sessions.ts';

const prefix = 'session:';

/** Sessions in Redis, one key each, that run out by themselves. */
export function redisSessions(redis: RedisClient): Sessions {
  const read = async (keys: readonly string[]): Promise<Session[]> => {
    if (keys.length === 0) return [];
    const found = (await redis.send('MGET', ...keys)) as (string | null)[];
    return found.filter((text) => text !== null).map((text) => JSON.parse(text));
  };
  return {
    add: async (session) => {
      const left = String(Math.max(1, session.expiresAt - Date.now()));
      await redis.send('SET', prefix + session.id, JSON.stringify(session), 'PX', left);
    },
    find: async (id) => (await read([prefix + id]))[0] ?? null,
    list: async () => read(await scan(redis)),
    end: async (ids) =>
      ids.length === 0 ? 0 : Number(await redis.send('UNLINK', ...ids.map((id) => prefix + id))),
  };
}

async function scan(redis: RedisClient): Promise<string[]> {
  const keys = new Set<string>();
  let cursor = '0';
  do {
    const [next, found] = (await redis.send(
      'SCAN',
      cursor,
      'MATCH',
      `${prefix}*`,
      'COUNT',
      '500',
    )) as [string, string[]];
    for (const key of found) keys.add(key);
    cursor = next;
  } while (cursor !== '0');
  return [...keys];
}
