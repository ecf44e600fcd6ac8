import { Secret } from '../../src/core/secret.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import { openPostgres } from '../../src/store/database/open-postgres.ts';
import { patience } from './patience.ts';
import { quietLog } from './quiet-log.ts';

const waits = { asked: patience, background: patience, connecting: patience };

/**
 * The database at this address, for a test that is not about how long anybody waits for it: in production
 * a statement is given up after a second and a half, which a busy machine may take for any.
 */
export const openPatiently = (url: string, owner?: string): Promise<Engine> =>
  openPostgres(
    new Secret(url),
    quietLog,
    owner === undefined ? undefined : new Secret(owner),
    waits,
  );

/** The same address, at which a bot in a process of its own has as much time. */
export function patiently(url: string): string {
  const own = new URL(url);
  for (const name of ['statement_timeout', 'query_timeout'])
    own.searchParams.set(name, String(patience));
  return own.href;
}
