import { performance } from 'node:perf_hooks';
import { Secret } from '../src/core/secret.ts';
import { openStore, type Store } from '../src/store/open-store.ts';
import { postgresAvailable, startPostgres } from '../test/support/postgres-server.ts';
import type { Goal } from './goal.ts';

const quiet = () => {};

/** A PostgreSQL of the bench's own. */
export interface BenchDatabase {
  url: string;
  /** Opens the store on it; it is closed at the end. */
  open(): Promise<Store>;
}

/** Measures on a PostgreSQL that is as durable as a real one; nothing where none is installed, and says so. */
export async function withPostgres(
  measure: (database: BenchDatabase) => Promise<Goal[]>,
): Promise<Goal[]> {
  if (!postgresAvailable) {
    console.log('PostgreSQL is not installed: what needs it was not measured.');
    return [];
  }
  const server = await startPostgres({ fsync: true });
  const stores: Store[] = [];
  const open = async () => {
    const store = await openStore({
      databaseUrl: new Secret(server.url),
      dataDir: 'unused',
      clock: { monotonic: () => performance.now() },
      log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
    });
    stores.push(store);
    return store;
  };
  try {
    return await measure({ url: server.url, open });
  } finally {
    await Promise.all(stores.map((store) => store.close()));
    await server.stop();
  }
}
