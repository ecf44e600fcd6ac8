import type { Redis } from 'ioredis';
import type { Caches } from '../../core/capabilities.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { redisFailure } from './failure.ts';
import type { Links } from './links.ts';
import { scan } from './scan.ts';

/**
 * Entries that can be made again, by prefix. They are looked for in small pieces and unlinked by name:
 * FLUSHDB and FLUSHALL of the runbooks 000 and 003 take sessions, lockouts and other databases with them.
 *
 * @param prefixes those that the configuration file lists; any other is refused.
 */
export function redisCaches(links: Links, prefixes: readonly string[]): Caches {
  const known = (prefix: string) => {
    if (!prefixes.includes(prefix)) throw untouched(`${prefix} is no cache that can be cleared`);
  };
  return {
    prefixes: () => prefixes,
    size: async (prefix, signal) => {
      known(prefix);
      return links
        .use(signal, (client) => countIn(client, prefix, signal))
        .catch((error) => fail(error, signal, false));
    },
    clear: async (prefix, signal) => {
      known(prefix);
      const progress = { begun: false };
      return links
        .use(signal, (client) => clearIn(client, prefix, signal, progress))
        .catch((error) => fail(error, signal, progress.begun));
    },
  };
}

async function countIn(client: Redis, prefix: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const names of scan(client, prefix, signal)) count += names.length;
  return count;
}

/** Counted first: what is more than can be removed is not begun. Names that come meanwhile may stay. */
async function clearIn(
  client: Redis,
  prefix: string,
  signal: AbortSignal,
  progress: { begun: boolean },
): Promise<number> {
  await countIn(client, prefix, signal);
  let removed = 0;
  for await (const names of scan(client, prefix, signal)) {
    if (names.length === 0) continue;
    // Whoever waited has been told by now that nothing was done.
    if (signal.aborted) throw new TargetError('gave no answer in time', { retryable: true });
    progress.begun = true;
    removed += await client.unlink(...names);
  }
  return removed;
}

function fail(error: unknown, signal: AbortSignal, happened: boolean): never {
  const retryable = !(error instanceof TargetError) || error.retryable;
  throw new TargetError(`Redis ${sentenceOf(error, signal)}`, { retryable, happened });
}

function sentenceOf(error: unknown, signal: AbortSignal): string {
  try {
    return redisFailure(error, signal).detail;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

const untouched = (message: string): TargetError =>
  new TargetError(message, { retryable: false, happened: false });
