import { afterAll, describe } from 'vitest';
import { openPatiently } from '../../support/open-patiently.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../../support/postgres-server.ts';
import { schedulesOn } from './on-database.ts';

describe.skipIf(!postgresAvailable)('on PostgreSQL', () => {
  let server: PostgresServer;
  afterAll(() => server?.stop());
  schedulesOn(
    async () => {
      server = await startPostgres();
      return openPatiently(server.url);
    },
    Number(process.env.SIM_POSTGRES ?? 500),
  );
});
