import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * The ports of this worker alone, below those that the system gives away by itself: whoever is told a
 * port listens there a while later, and nobody may have taken it by then.
 */
const [first, many] = [20_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 10) * 1_000, 1_000];
let last = randomInt(many);

/** A port of 127.0.0.1 that nothing listens on now. */
export async function freePort(): Promise<number> {
  for (let left = many; left > 0; left -= 1) {
    last = (last + 1) % many;
    if (await isFree(first + last)) return first + last;
  }
  throw new Error('There is no free port.');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const listening = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!listening) return false;
  server.close();
  await once(server, 'close');
  return true;
}
