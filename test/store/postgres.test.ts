import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { openPostgres } from '../../src/store/database/open-postgres.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { storeContract } from '../contracts/store.ts';
import { realClock } from '../support/clock.ts';
import { openPatiently } from '../support/open-patiently.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';

describe.skipIf(!postgresAvailable)('on PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  test('three processes that start at once on an empty database all get it', async () => {
    const open = async () => storeOver(await openPatiently(server.url), quietLog, realClock);
    const stores = await Promise.all([open(), open(), open()]);
    const copies = stores.map(({ intake }) =>
      intake.record({ key: 'start', kind: 'event', actor: 'T1/U1' }),
    );
    expect((await Promise.all(copies)).toSorted()).toEqual(['new', 'seen', 'seen']);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('an address that cannot be read is refused without quoting it', async () => {
    const opening = openPostgres(new Secret('postgres://gate:hunter%2@[::1'), quietLog);
    const error = await opening.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ final: true, message: expect.stringContaining('DATABASE_URL') });
    expect(`${error} ${JSON.stringify(error)} ${(error as Error).cause}`).not.toContain('hunter');
  });

  describe('the contract', () => storeContract(() => openPatiently(server.url)));
});
