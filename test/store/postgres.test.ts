import { afterAll, beforeAll, describe } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { storeContract } from '../contracts/store.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';

describe.skipIf(!postgresAvailable)('on PostgreSQL', () => {
  let server: PostgresServer;
  let store: Store;

  beforeAll(async () => {
    server = await startPostgres();
    store = await openStore({ databaseUrl: new Secret(server.url), dataDir: '', log: quietLog });
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  storeContract(() => store);
});
