import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Delivery } from '../../src/core/intake.ts';
import { Secret } from '../../src/core/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type StoreDoor, storeDoor } from '../../src/store/store-door.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { realClock } from '../support/clock.ts';
import { notingLog } from '../support/noting-log.ts';
import { openPatiently } from '../support/open-patiently.ts';
import { patience } from '../support/patience.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const delivery = (key: string): Delivery => ({ key, kind: 'click', actor: 'T1/U1' });
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, patience);

describe.skipIf(!postgresAvailable)('a PostgreSQL that comes and goes', () => {
  let server: PostgresServer;
  let wire: TcpProxy;
  let door: StoreDoor;
  const log = notingLog();

  beforeAll(async () => {
    server = await startPostgres();
    const url = new URL(server.url);
    wire = await tcpProxy(Number(url.port || 5432));
    url.host = `127.0.0.1:${wire.port}`;
    const databaseUrl = new Secret(url.href);
    const open = () => openStore({ databaseUrl, dataDir: '', log, clock: realClock });
    door = storeDoor({ open, patience: 1_000, log });
  });
  afterAll(async () => {
    wire?.mend();
    await door?.close();
    await wire?.close();
    await server?.stop();
  });

  test('is waited for when it is not up yet, and the log says so once', async () => {
    wire.cut();
    door.open();
    await soon(() => expect(door.state()).toMatchObject({ kind: 'opening', why: /./ }));
    await expect(door.intake.record(delivery('early'))).rejects.toThrow('not open yet');
    wire.mend();
    await door.opened();
    expect(door.state()).toEqual({ kind: 'open' });
    expect(log.lines).toEqual([
      'warn the database could not be opened; trying again',
      expect.stringContaining('owns the tables'),
      'info the database is open',
    ]);
  });

  test('what was refused before it was open was not written down later', async () => {
    const store = storeOver(await openPatiently(server.url), quietLog, realClock);
    expect(await store.intake.record(delivery('early'))).toBe('new');
    await store.close();
  });

  test('that hangs turns away whoever asks, and answers again afterwards', async () => {
    await door.jobs.ready();
    wire.hang();
    const asked = Array.from({ length: 50 }, (_, i) => door.intake.record(delivery(`hung-${i}`)));
    for (const each of await Promise.allSettled(asked)) {
      expect(each).toMatchObject({
        reason: { message: expect.stringContaining('did not answer') },
      });
    }
    await expect(door.ping()).rejects.toThrow('did not answer');
    wire.mend();
    await soon(() => door.ping());
    await soon(() => door.intake.record(delivery('after the hang')).then(() => {}));
  });

  test('that never speaks again on old connections is reached over new ones', async () => {
    await soon(() => Promise.all(Array.from({ length: 8 }, () => door.ping())).then(() => {}));
    wire.hang();
    await expect(door.ping()).rejects.toThrow('did not answer');
    wire.desert();
    await soon(() => door.ping());
    for (let i = 0; i < 8; i += 1) await soon(() => door.ping());
    wire.mend();
  });

  test('is seen to be away and to be back, by itself, and the log says each once', async () => {
    await soon(() => expect(door.state()).toEqual({ kind: 'open' })); // the outage before may still be noticed
    log.lines.length = 0;
    wire.cut();
    await soon(() => expect(door.state()).toMatchObject({ kind: 'away', why: /./ }));
    wire.mend();
    await soon(() => expect(door.state()).toEqual({ kind: 'open' }));
    expect(log.lines.filter((line) => line.includes('the database'))).toEqual([
      'warn the database does not answer; only reading commands work',
      'info the database answers again',
    ]);
  });

  test('that breaks its connections in the middle of work is used again when it is back', async () => {
    const asked = Array.from({ length: 50 }, (_, i) => door.intake.record(delivery(`cut-${i}`)));
    wire.cut();
    await Promise.allSettled(asked);
    await expect(door.intake.record(delivery('while it is away'))).rejects.toThrow();
    wire.mend();
    await soon(() => door.ping());
    await soon(() => door.intake.record(delivery('after the cut')).then(() => {}));
  });

  test('has its jobs done after the outage', async () => {
    const done: string[] = [];
    door.jobs.declare({
      name: 'after-outage',
      retries: 0,
      poll: 0.5,
      cron: null,
      handle: async ({ subject }) => void done.push(subject),
    });
    await door.jobs.ready();
    wire.cut();
    wire.mend();
    await soon(() => door.ping());
    await door.jobs.enqueue({ queue: 'after-outage', subject: 'run-1', version: 1, dueAt: null });
    await soon(() => expect(done).toEqual(['run-1']));
  });
});
