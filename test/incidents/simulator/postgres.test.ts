import { afterAll, describe } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { openPostgres } from '../../../src/store/database/open-postgres.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../../support/postgres-server.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { schedulesOn } from './on-database.ts';

describe.skipIf(!postgresAvailable)('on PostgreSQL', () => {
  let server: PostgresServer;
  afterAll(() => server?.stop());
  schedulesOn(
    async () => {
      server = await startPostgres();
      return openPostgres(new Secret(server.url), quietLog);
    },
    Number(process.env.INCIDENTS_POSTGRES ?? 15),
  );
});
