import { afterAll, beforeAll, describe } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { openPostgres } from '../../src/store/database/open-postgres.ts';
import { anchoringContract } from '../contracts/anchoring.ts';
import { dataFolder } from '../support/data-folder.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';

const folder = await dataFolder();
afterAll(() => folder.remove());

describe('anchors in the embedded database', () => {
  anchoringContract(() => openEmbedded(folder.path));
});

describe.skipIf(!postgresAvailable)('anchors on PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  anchoringContract(() => openPostgres(new Secret(server.url), quietLog));
});
