import { defineDriver } from '../core/driver.ts';
import { redisCaches } from './redis/caches.ts';
import { createLinks } from './redis/links.ts';
import { redisOptions } from './redis/options.ts';
import { infoProbe, pingProbe } from './redis/probes.ts';

/**
 * Redis, which holds sessions, lockouts and rate limits in every runbook: it is looked at, and only
 * caches that the configuration file lists are ever removed from it.
 */
export const redis = defineDriver({
  name: 'redis',
  summary:
    'Pings a Redis server, shows its memory, clients, role and persistence, and clears listed caches.',
  options: redisOptions,

  async open({ url, prefixes }, _target, { clock }) {
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
  },
});
