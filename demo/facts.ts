import type { Facts } from './flavour.ts';
import type { Parts } from './parts.ts';

/** Looks at everything that health answers and pages may tell. */
export async function gatherFacts(parts: Parts): Promise<Facts> {
  const redis = await redisState(parts);
  const { preset, perMinute } = parts.rateLimit.current();
  return {
    service: parts.flavour.service,
    version: parts.version,
    timestamp: new Date().toISOString(),
    uptimeSeconds: Math.floor(process.uptime()),
    sessions: redis === 'down' ? 0 : (await parts.sessions.list()).length,
    users: parts.file.state.users.filter(({ enabled }) => enabled).length,
    redis,
    failures: parts.failures.now(),
    limit: { preset, perMinute, refused: parts.counters.total('rate_limited_total') },
    denied: parts.denyList.list().length,
  };
}

async function redisState({ redis }: Parts): Promise<Facts['redis']> {
  if (!redis) return 'not used';
  return redis.send('PING').then(
    () => 'up' as const,
    () => 'down' as const,
  );
}
