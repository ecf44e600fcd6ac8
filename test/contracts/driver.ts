import { once } from 'node:events';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Probe, Reading } from '../../src/core/capabilities.ts';
import type { Driver, Offer } from '../../src/core/driver.ts';
import { TargetError } from '../../src/core/errors.ts';
import { healths } from '../../src/core/health.ts';
import { realClock } from '../support/clock.ts';
import { freePort } from '../support/free-port.ts';
import { type LocalServer, tcpServer } from '../support/local-server.ts';

/** A driver that reaches its target over TCP, and its section for a target at a port of 127.0.0.1. */
export interface DriverUnderTest {
  driver: Driver;
  section(port: number): object;
  /** What the port says nothing about: then nobody listening is no news of the target itself. */
  reachedThrough?: string;
}

/** What every driver that reaches a target over TCP must do, whatever is at the other end. */
export function driverContract({ driver, section, reachedThrough }: DriverUnderTest): void {
  const undo: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of undo.splice(0).reverse()) await end();
  });

  const open = async (port: number): Promise<Offer> => {
    const target = { service: 'rms-auth', env: 'prod' };
    const options = driver.options.parse(section(port));
    const offer = await driver.open(options, target, { clock: realClock });
    undo.push(offer.close);
    return offer;
  };
  const serve = async (onConnection: (socket: Socket) => void): Promise<LocalServer> => {
    const server = await tcpServer(onConnection);
    undo.push(server.stop);
    return server;
  };
  const probesOf = async (port: number): Promise<readonly Probe[]> => {
    const probes = (await open(port)).capabilities.probes?.list() ?? [];
    expect(probes.length).toBeGreaterThan(0);
    return probes;
  };

  describe('its options', () => {
    test('reject a key they do not know', () => {
      const wrong = { ...section(1), nonsense: true };
      expect(driver.options.safeParse(section(1)).success).toBe(true);
      expect(driver.options.safeParse(wrong).success).toBe(false);
    });

    test('describe every field', () => {
      expect(
        undescribed(z.toJSONSchema(driver.options, { io: 'input', unrepresentable: 'any' })),
      ).toEqual([]);
    });
  });

  test('opening makes no connection, and so waits for none', async () => {
    const server = await serve(() => {});
    await open(server.port);
    expect(server.connections()).toBe(0);
  });

  test('its probes have different names', async () => {
    const names = (await probesOf(await freePort())).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.runIf(reachedThrough === undefined)(
    'a port where nobody listens is down, not unknown',
    async () => {
      for (const probe of await probesOf(await freePort())) {
        expect(await settle(probe)).toMatchObject({ health: 'down' });
      }
    },
  );

  test.runIf(reachedThrough)('where nobody listens nothing is known of the target', async () => {
    for (const probe of await probesOf(await freePort())) {
      const { health, detail } = await settle(probe);
      expect(health).toBe('unknown');
      expect(detail).toContain(reachedThrough);
    }
  });

  const bad: Record<string, (socket: Socket) => void> = {
    'takes connections and says nothing': () => {},
    'resets every connection': (socket) => socket.resetAndDestroy(),
    'closes every connection': (socket) => socket.end(),
    'says something nobody asked for': (socket) => socket.write('220 mail.example.com ESMTP\r\n'),
    'sends one byte now and then': drip,
  };
  test.each(Object.entries(bad))(
    'a target that %s is never up, and is done with at the signal',
    async (_, behave) => {
      const { port } = await serve(behave);
      const probes = await probesOf(port);
      const seen = await Promise.all(probes.map((probe) => settle(probe)));
      for (const one of seen) expect(one.health).not.toBe('up');
      for (const one of seen) expect(one.detail.length).toBeLessThan(200);
    },
  );

  test('whatever bytes come first, a probe gives a reading or a TargetError', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const anything = fc.asyncProperty(bytes, fc.boolean(), async (some, hangsUp) => {
      const server = await tcpServer((socket) => {
        if (hangsUp) socket.end(some);
        else socket.write(some);
      });
      const offer = await driver.open(
        driver.options.parse(section(server.port)),
        { service: 'rms-auth', env: 'prod' },
        { clock: realClock },
      );
      await Promise.all(
        (offer.capabilities.probes?.list() ?? []).map((probe) => settle(probe, 20)),
      );
      await offer.close();
      await server.stop();
    });
    await fc.assert(anything, { numRuns: 25 });
  });

  test('closing ends its connections, also while a probe hangs, and may be done twice', async () => {
    const server = await serve(() => {});
    const offer = await open(server.port);
    const probes = offer.capabilities.probes?.list() ?? [];
    const asked = Promise.allSettled(probes.map((probe) => probe.run(AbortSignal.timeout(5_000))));
    while (server.sockets.size === 0) await turn();
    await offer.close();
    await asked;
    while (server.sockets.size > 0) await turn();
    await offer.close();
  });
}

/** What a probe comes to. Fails when it does not heed its signal, or throws anything but a TargetError. */
async function settle(probe: Probe, ms = 150): Promise<Reading> {
  const signal = AbortSignal.timeout(ms);
  let open = true;
  const run = probe
    .run(signal)
    .catch((error: unknown): Reading => {
      expect(error).toBeInstanceOf(TargetError);
      return { health: 'unknown', detail: (error as TargetError).message };
    })
    .finally(() => {
      open = false;
    });
  await Promise.race([run, once(signal, 'abort')]);
  for (let turns = 0; turns < 5 && open; turns += 1) await turn();
  expect(open, `${probe.name} goes on after its signal`).toBe(false);
  const reading = await run;
  expect(healths).toContain(reading.health);
  return reading;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('x'), 20);
  socket.once('close', () => clearInterval(timer));
}

/** Where a field of a JSON schema has no description. */
function undescribed(schema: z.core.JSONSchema.BaseSchema, path = ''): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const below = `${path}/${key}`;
    if (typeof field === 'boolean') return [];
    return [...(field.description ? [] : [below]), ...undescribed(field, below)];
  });
  const { items } = schema;
  const inside = items && typeof items === 'object' && !Array.isArray(items) ? items : null;
  return inside ? [...own, ...undescribed(inside, `${path}[]`)] : own;
}
