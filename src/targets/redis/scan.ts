import type { Redis } from 'ioredis';
import { TargetError } from '../../core/errors.ts';

/** How many names are asked for at once. */
const piece = 500;
/** More names under one prefix are nothing to be gone through from a chat. */
const most = 200_000;

/**
 * The names that begin with a prefix, piece by piece; one may come twice. The options let no sign into a
 * prefix that means more than itself to a search.
 *
 * @throws {TargetError} when there are too many, or the signal fires in between.
 */
export async function* scan(
  client: Redis,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<readonly Buffer[]> {
  const beginning = Buffer.from(prefix);
  let cursor = '0';
  let seen = 0;
  do {
    if (signal.aborted) throw new TargetError('gave no answer in time', { retryable: true });
    const [next, names] = await client.scanBuffer(cursor, 'MATCH', `${prefix}*`, 'COUNT', piece);
    // Whatever a server answers: nothing else is ever counted or removed.
    const own = names.filter((name) => name.subarray(0, beginning.length).equals(beginning));
    seen += own.length;
    if (seen > most) {
      const message = `has more than ${most} entries under ${prefix}, which is too many`;
      throw new TargetError(message, { retryable: false });
    }
    yield own;
    cursor = String(next);
  } while (cursor !== '0');
}
