import type { Driver } from '../../core/driver.ts';
import { redisCaches } from './caches.ts';
import { createLinks } from './links.ts';
import type { RedisOptions } from './options.ts';
import { infoProbe, pingProbe } from './probes.ts';

/** What a Redis server offers. */
export const openRedis: Driver<RedisOptions>['open'] = async (
  { url, prefixes },
  _target,
  { clock },
) => {
  const { Redis } = await import('ioredis');
  const links = createLinks(Redis, url);
  const probes = [pingProbe(links, clock), infoProbe(links, clock)];
  return {
    capabilities: {
      probes: { list: () => probes },
      ...(prefixes && { caches: redisCaches(links, prefixes) }),
    },
    close: links.close,
  };
};
