import { z } from 'zod';
import { defineDriver } from '../core/driver.ts';
import { addressOf } from './address.ts';
import { createLinks } from './redis/links.ts';
import { infoProbe, pingProbe } from './redis/probes.ts';

/** Redis, which holds sessions, lockouts and rate limits in every runbook: it is looked at, never written. */
export const redis = defineDriver({
  name: 'redis',
  summary: 'Pings a Redis server and shows its memory, clients, role and persistence.',
  options: z.strictObject({
    url: addressOf(['redis:', 'rediss:']).describe(
      'The address, such as `redis://127.0.0.1:6379/0`; `env:NAME` or `file:PATH` when it holds a password.',
    ),
  }),

  async open({ url }, _target, { clock }) {
    const { Redis } = await import('ioredis');
    const links = createLinks(Redis, url);
    const probes = [pingProbe(links, clock), infoProbe(links, clock)];
    return { capabilities: { probes: { list: () => probes } }, close: links.close };
  },
});
