import { defineDriver } from '../core/driver.ts';
import { placeOf } from './address.ts';
import { redisOptions } from './redis/options.ts';

/**
 * Redis, which holds sessions, lockouts and rate limits in every runbook: it is looked at, and only
 * caches that the configuration file lists are ever removed from it.
 */
export const redis = defineDriver({
  name: 'redis',
  summary:
    'Pings a Redis server, shows its memory, clients, role and persistence, and clears listed caches.',
  options: redisOptions,
  isDependency: true,
  addresses: ({ url }) => [placeOf(url, 6379)],
  open: async (...target) => (await import('./redis/open.ts')).openRedis(...target),
});
