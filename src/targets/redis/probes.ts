import type { Probe, Reading } from '../../core/capabilities.ts';
import type { Clock } from '../../core/clock.ts';
import { formatDuration } from '../../core/duration.ts';
import { redisFailure } from './failure.ts';
import { judgeInfo, parseInfo } from './info.ts';
import type { Links } from './links.ts';

/** PING and how long it took, as in the runbooks 000 to 004; connecting does not count. */
export const pingProbe = (links: Links, clock: Clock): Probe => ({
  name: 'redis ping',
  run: (signal) =>
    links
      .use(signal, async (client): Promise<Reading> => {
        const start = clock.monotonic();
        const said = await client.ping();
        const took = formatDuration(clock.monotonic() - start);
        if (said === 'PONG') return { health: 'up', detail: `PONG in ${took}` };
        return { health: 'degraded', detail: `did not answer PONG, in ${took}` };
      })
      .catch((error) => redisFailure(error, signal)),
});

/** What INFO tells of memory, clients, role and persistence (runbook 001, "Redis Maintenance"). */
export const infoProbe = (links: Links, clock: Clock): Probe => ({
  name: 'redis info',
  run: (signal) =>
    links
      .use(signal, async (client) => judgeInfo(parseInfo(String(await client.info())), clock.now()))
      .catch((error) => redisFailure(error, signal)),
});
