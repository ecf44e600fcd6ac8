import { afterAll, describe } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../../support/postgres-server.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { keepsItsPromises, seconds } from './promises.ts';

describe.skipIf(!postgresAvailable)(
  `two bots with one PostgreSQL, killed for ${seconds} s while incidents are open`,
  () => {
    let server: PostgresServer | undefined;
    afterAll(() => server?.stop());
    keepsItsPromises(async () => {
      server = await startPostgres();
      const database = { databaseUrl: new Secret(server.url), dataDir: '', log: quietLog };
      return { bots: 2, env: { DATABASE_URL: server.url }, database };
    });
  },
);
