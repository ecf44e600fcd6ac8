import { afterAll, beforeAll, describe } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { openPostgres } from '../../src/store/database/open-postgres.ts';
import { anchoringContract } from '../contracts/anchoring.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('anchors in the embedded database', () => {
  const folder = tempFolder();
  afterAll(() => folder.remove());
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
