import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Offer } from '../../src/core/driver.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Sighting, sightAll } from '../../src/core/sighting.ts';
import type { Address } from '../../src/targets/address.ts';
import { createSessions } from '../../src/targets/postgres/sessions.ts';
import { postgres } from '../../src/targets/postgres.ts';
import { driverContract } from '../contracts/driver.ts';
import { realClock } from '../support/clock.ts';
import { tcpServer } from '../support/local-server.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});

const open = async (url: Address): Promise<Offer> => {
  const target = { service: 'rms-auth', env: 'prod' };
  const offer = await postgres.open(postgres.options.parse({ url }), target, { clock: realClock });
  undo.push(offer.close);
  return offer;
};

const look = ({ capabilities }: Offer, deadline = 5_000): Promise<Sighting[]> =>
  sightAll(capabilities.probes?.list() ?? [], realClock, deadline);

const said = (seen: readonly Sighting[]) =>
  seen.map(({ probe, health, detail }) => `${probe} ${health}: ${detail}`);

driverContract({
  driver: postgres,
  section: (port) => ({ url: `postgres://reader@127.0.0.1:${port}/authdb` }),
});

describe.skipIf(!postgresAvailable)('a PostgreSQL that runs', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ settings: { max_connections: '12' } });
  });
  afterAll(() => server.stop());

  const client = async (): Promise<pg.Client> => {
    const one = new pg.Client({ connectionString: server.url });
    one.on('error', () => {});
    await one.connect();
    undo.push(() => one.end());
    return one;
  };

  test('answers, with its version, connections and role', async () => {
    const seen = said(await look(await open(new Secret(server.url))));
    expect(seen[0]).toMatch(/^postgres query up: answered in .*, PostgreSQL \d+\.\d+$/);
    expect(seen[1]).toMatch(/^postgres connections up: \d+ of \d+ in use$/);
    expect(seen[2]).toBe('postgres role up: primary with no replica');
  });

  test('is given few connections, however many ask', async () => {
    const offer = await open(server.url);
    await Promise.all(Array.from({ length: 20 }, () => look(offer)));
    const { rows } = await (await client()).query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'gatehouse'",
    );
    expect(rows[0].n).toBeLessThanOrEqual(4);
  });

  test('ends by itself what runs too long, as it was told', async () => {
    const sessions = createSessions(pg, server.url, 50);
    undo.push(sessions.close);
    const slow = sessions.ask('SELECT pg_sleep(60)', AbortSignal.timeout(20_000));
    await expect(slow).rejects.toMatchObject({ code: '57014' });
  });

  test('a connection that it ended meanwhile is no news', async () => {
    const offer = await open(server.url);
    await look(offer);
    const admin = await client();
    await admin.query(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'gatehouse'",
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await look(offer)).map(({ health }) => health)).toEqual(['up', 'up', 'up']);
  });

  test('one that turns us away is not called down', async () => {
    const missing = new URL(server.url);
    missing.pathname = '/no_such_database';
    for (const { health, detail } of await look(await open(missing.href))) {
      expect([health, detail]).toEqual(['unknown', 'does not let Gatehouse in (SQLSTATE 3D000)']);
    }
  });

  test.skipIf(process.env.TEST_DATABASE_URL)('nearly without connections is degraded', async () => {
    const offer = await open(server.url);
    await look(offer);
    for (let more = 0; more < 8; more += 1) await client();
    expect(said(await look(offer))[1]).toMatch(
      /^postgres connections degraded: 1[12] of 12 in use$/,
    );
  });
});

describe('a server that sends what nobody asked for', () => {
  const message = (type: string, payload: Uint8Array): Buffer => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeUInt32BE(payload.length + 4, 1);
    return Buffer.concat([head, payload]);
  };
  const welcome = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];

  /** Lets us in when asked to, then sends so much for everything it is told. */
  const lookAtOneThatSends = async (bytes: Buffer, letsIn: boolean, deadline: number) => {
    const server = await tcpServer((socket) => {
      let told = 0;
      socket.on('data', () => {
        socket.write(letsIn && told === 0 ? Buffer.concat(welcome) : bytes);
        told += 1;
      });
    });
    undo.push(server.stop);
    return look(await open(`postgres://reader@127.0.0.1:${server.port}/authdb`), deadline);
  };

  test('an error that never ends is not waited for', async () => {
    const endless = message('E', Buffer.from('SFATAL'));
    for (const letsIn of [false, true]) {
      for (const { health, detail } of await lookAtOneThatSends(endless, letsIn, 5_000)) {
        expect([health, detail]).toEqual(['down', 'answered something that is not PostgreSQL']);
      }
    }
  });

  test('any mixture of messages is survived', async () => {
    const types = fc.constantFrom(...'RSKZTDCEN12tsnIAGHcdWv');
    const some = fc
      .tuple(types, fc.uint8Array({ maxLength: 20 }))
      .map(([type, bytes]) => message(type, bytes));
    const asks = fc
      .tuple(fc.constantFrom(3, 5, 7, 10, 11, 12), fc.uint8Array({ maxLength: 8 }))
      .map(([kind, bytes]) => message('R', Buffer.from([0, 0, 0, kind, ...bytes])));
    const mixture = fc.array(fc.oneof(some, asks, fc.constantFrom(...welcome)), {
      minLength: 1,
      maxLength: 5,
    });
    const property = fc.asyncProperty(mixture, fc.boolean(), async (messages, letsIn) => {
      await lookAtOneThatSends(Buffer.concat(messages), letsIn, 50);
    });
    await fc.assert(property, { numRuns: 30 });
  });
});

test('an address with a password must come as a secret', () => {
  const complaint = (url: unknown) => postgres.options.safeParse({ url }).error?.issues[0]?.message;
  expect(complaint('postgres://reader:pw@127.0.0.1/authdb')).toContain('env:NAME');
  expect(complaint('mysql://127.0.0.1')).toContain('postgres://');
  expect(complaint('postgresql://reader@127.0.0.1/authdb')).toBeUndefined();
});
