import { afterAll, beforeAll, describe } from 'vitest';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { anchoringContract } from '../contracts/anchoring.ts';
import { dataFolder } from '../support/data-folder.ts';
import { openPatiently } from '../support/open-patiently.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';

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
  anchoringContract(() => openPatiently(server.url));
});
