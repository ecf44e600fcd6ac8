import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { status } from '../../src/actions/status.ts';
import type { Capabilities, Instance, Probe } from '../../src/core/capabilities.ts';
import { type Health, worst } from '../../src/core/health.ts';
import type { Report, StateRow } from '../../src/core/report.ts';
import type { Targets } from '../../src/core/targets.ts';
import { http } from '../../src/targets/http.ts';
import { createTargets } from '../../src/targets/targets.ts';
import { realClock, stillClock } from '../support/clock.ts';
import { httpServer } from '../support/local-server.ts';
import {
  catalogueOf,
  hungProbe,
  probeOf,
  probeThat,
  scriptedTargets,
} from '../support/scripted-targets.ts';

const rowsOf = ({ parts }: Report): readonly StateRow[] =>
  parts.flatMap((part) => (part.kind === 'states' ? part.rows : []));

const textsOf = ({ parts }: Report): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));

const probes = (...list: Probe[]) => ({ probes: { list: () => list } });

/** The status of all these targets of production, each with a deadline of 20 ms. */
const overview = (offers: Readonly<Record<string, Partial<Capabilities>>>, targets?: Targets) => {
  const names = Object.keys(offers).map((name) => name.replace('@prod', ''));
  const catalogue = catalogueOf(names);
  const tools = { catalogue, targets: targets ?? scriptedTargets(offers), clock: stillClock() };
  return status.run({ deadline: 20 }, null, tools);
};

const portrait = (offer: Partial<Capabilities>) =>
  status.run(
    { deadline: 20 },
    { service: 'rms-auth', env: 'prod' },
    {
      catalogue: catalogueOf(['rms-auth']),
      targets: scriptedTargets({ 'rms-auth@prod': offer }),
      clock: stillClock(1_000_000),
    },
  );

describe('of all services', () => {
  test('is one row for each target, with a button to its details', async () => {
    const report = await overview({
      'rms-auth@prod': probes(probeOf('ready', 'up', '200 in 12 ms')),
      'rust-auth@prod': probes(probeOf('ready', 'down', 'refused the connection')),
    });
    expect(textsOf(report)).toEqual(['1 of 2 are up.']);
    expect(rowsOf(report)).toEqual([
      {
        health: 'up',
        name: 'rms-auth@prod',
        detail: 'ready: 200 in 12 ms',
        at: 1_700_000_000_000,
        more: { label: 'Details', command: 'status rms-auth@prod' },
      },
      expect.objectContaining({ health: 'down', detail: 'ready: refused the connection' }),
    ]);
    expect(report.next[0]).toEqual({ label: 'Refresh', command: 'status' });
  });

  test('tells the worst of several checks, and how many are well', async () => {
    const [row] = rowsOf(
      await overview({
        'rms-auth@prod': probes(
          probeOf('ready', 'up'),
          probeOf('redis', 'down', 'refused the connection'),
          probeOf('api', 'degraded'),
        ),
      }),
    );
    expect(row).toMatchObject({
      health: 'down',
      detail: 'redis: refused the connection (1 of 3 checks up)',
    });
  });

  test('counts the checks when all are well', async () => {
    const report = await overview({
      'rms-auth@prod': probes(probeOf('ready', 'up'), probeOf('redis', 'up')),
    });
    expect(textsOf(report)).toEqual(['All 1 are up.']);
    expect(rowsOf(report)[0]).toMatchObject({ health: 'up', detail: '2 of 2 checks up' });
  });

  test('goes by the running copies where there are no checks, and says when there is nothing', async () => {
    const copies: Instance[] = [
      { id: 'a', health: 'up', startedAt: 1, release: null },
      { id: 'b', health: 'down', startedAt: null, release: null },
    ];
    const report = await overview({
      'rms-auth@prod': { instances: { instances: async () => copies } },
      'rust-auth@prod': {},
    });
    expect(rowsOf(report).map(({ health, detail }) => [health, detail])).toEqual([
      ['down', 'running copies: 1 of 2 up'],
      ['unknown', 'has no checks'],
    ]);
  });

  test('a target that cannot be opened, or hangs while opening, is unknown and hides no other', async () => {
    const well = scriptedTargets({ 'c@prod': probes(probeOf('ready', 'up')) });
    const targets: Targets = {
      ...well,
      probes: async (target) => {
        if (target.service === 'a') throw new Error('its files are gone');
        return target.service === 'b' ? new Promise(() => {}) : well.probes(target);
      },
    };
    const report = await overview({ 'a@prod': {}, 'b@prod': {}, 'c@prod': {} }, targets);
    expect(rowsOf(report).map(({ health, detail }) => [health, detail])).toEqual([
      ['unknown', 'checks: its files are gone'],
      ['unknown', 'checks: no answer within 20 ms'],
      ['up', 'ready: so it is'],
    ]);
  });

  test('an empty catalogue is said to be one', async () => {
    expect(textsOf(await overview({}))).toEqual(['The catalogue names no service yet.']);
  });

  type Outcome =
    | Health
    | 'throws'
    | 'throws at once'
    | 'hangs'
    | 'comes too late'
    | 'fails too late';
  const outcomes: Outcome[] = [
    ...(['up', 'degraded', 'down', 'unknown'] as const),
    'throws',
    'throws at once',
    'hangs',
    'comes too late',
    'fails too late',
  ];
  const expected = (outcome: Outcome): Health =>
    outcome === 'up' || outcome === 'degraded' || outcome === 'down' ? outcome : 'unknown';

  const probe = (outcome: Outcome, index: number): Probe => {
    const name = `check ${index}`;
    const late = () => new Promise<void>((resolve) => setTimeout(resolve, 500));
    switch (outcome) {
      case 'hangs':
        return hungProbe(name);
      case 'throws':
        return probeThat(name, () => Promise.reject(new Error('no route')));
      case 'throws at once':
        return probeThat(name, () => {
          throw new Error('no route');
        });
      case 'comes too late':
        return probeThat(name, () => late().then(() => ({ health: 'up', detail: 'late' })));
      case 'fails too late':
        return probeThat(name, () => late().then(() => Promise.reject(new Error('late'))));
      default:
        return probeOf(name, outcome);
    }
  };

  test('whatever the checks do, each target is there once, and as bad as its worst check', async () => {
    const anything = fc.array(
      fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 4 }),
      {
        maxLength: 12,
      },
    );
    const property = fc.asyncProperty(anything, async (targets) => {
      const offers = Object.fromEntries(
        targets.map((all, index) => [`s${index}@prod`, probes(...all.map(probe))]),
      );
      const rows = rowsOf(await overview(offers));
      expect(rows.map(({ name, health }) => [name, health])).toEqual(
        targets.map((all, index) => [`s${index}@prod`, worst(all.map(expected))]),
      );
    });
    await fc.assert(property, { numRuns: 40 });
    await new Promise((resolve) => setTimeout(resolve, 550)); // for the late ones to be late
  });
});

describe('what keeps people out although every check is well', () => {
  const until = Date.UTC(2026, 0, 2, 3, 4);
  const maintenance = (on: boolean) => ({
    maintenance: {
      read: async () => ({ on, message: 'secret words', until }),
      turnOn: () => Promise.reject(new Error('only reading here')),
      turnOff: () => Promise.reject(new Error('only reading here')),
    },
  });
  const rateLimit = (preset: string) => ({
    rateLimit: {
      read: async () => ({ preset, perMinute: 60, until: null }),
      presets: () => ['normal', 'tight'],
      use: () => Promise.reject(new Error('only reading here')),
    },
  });
  const factsIn = ({ parts }: Report) =>
    parts.flatMap((part) => (part.kind === 'facts' ? part.facts : []));

  test('is said of each target, with its end', async () => {
    const report = await overview({
      'rms-auth@prod': { ...probes(probeOf('ready', 'up')), ...maintenance(true) },
      'idp@prod': { ...probes(probeOf('ready', 'up')), ...rateLimit('tight') },
    });
    expect(textsOf(report)[0]).toBe('All 2 are up.');
    expect(factsIn(report)).toEqual([
      {
        name: 'rms-auth@prod',
        value: 'in maintenance until 2026-01-02T03:04:00.000Z: nobody can sign in',
      },
      {
        name: 'idp@prod',
        value: 'rate limit tight without an end, at most 60 requests a minute from one address',
      },
    ]);
  });

  test('is not said where there is nothing of it, nor where it cannot be read', async () => {
    const hung = { ...maintenance(true).maintenance, read: () => new Promise<never>(() => {}) };
    const broken = { ...rateLimit('tight').rateLimit, read: () => Promise.reject(new Error('no')) };
    const usual = { ...maintenance(false), ...rateLimit('normal') };
    for (const offer of [usual, { maintenance: hung, rateLimit: broken }]) {
      const report = await portrait({ ...probes(probeOf('ready', 'up')), ...offer });
      expect(factsIn(report)).toEqual([]);
      expect(rowsOf(report)).toHaveLength(1);
    }
  });
});

describe('of one target', () => {
  test('is a row for each check, each with its own time', async () => {
    const report = await portrait(
      probes(probeOf('ready', 'up', '200 in 12 ms'), hungProbe('api'), probeOf('redis', 'down')),
    );
    expect(rowsOf(report).map(({ name, health, detail }) => [name, health, detail])).toEqual([
      ['ready', 'up', '200 in 12 ms'],
      ['api', 'unknown', 'no answer within 20 ms'],
      ['redis', 'down', 'so it is'],
    ]);
    expect(rowsOf(report).every(({ at }) => at === 1_000_000)).toBe(true);
  });

  test('then its running copies with uptime and release', async () => {
    const copies: Instance[] = [
      { id: 'web-1', health: 'up', startedAt: 1_000_000 - 192_000, release: '1.4.2' },
      { id: 'web-2', health: 'down', startedAt: null, release: null },
    ];
    const report = await portrait({
      ...probes(probeOf('ready', 'up')),
      instances: { instances: async () => copies },
    });
    expect(rowsOf(report).slice(1)).toEqual([
      { health: 'up', name: 'web-1', detail: 'up for 3 m 12 s, release 1.4.2', at: 1_000_000 },
      { health: 'down', name: 'web-2', detail: 'not running', at: 1_000_000 },
    ]);
  });

  test('copies that cannot be listed do not hide the checks', async () => {
    const report = await portrait({
      ...probes(probeOf('ready', 'up')),
      instances: { instances: () => new Promise(() => {}) },
    });
    expect(rowsOf(report)).toHaveLength(1);
    expect(textsOf(report)[0]).toContain('not known');
  });

  test('leads on to what one looks at next', async () => {
    const { next } = await portrait({});
    expect(next.map(({ label, command }) => [label, command])).toEqual([
      ['Refresh', 'status rms-auth@prod'],
      ['Health', 'health rms-auth@prod'],
      ['Logs', 'logs rms-auth@prod'],
      ['History', 'history rms-auth@prod'],
    ]);
  });
});

describe('over real connections', () => {
  test('of fifty services three hang: those are unknown, and the others did not wait', async () => {
    const server = await httpServer((request, response) => {
      const index = Number(request.url?.slice(1));
      if (index % 20 !== 7) setTimeout(() => response.end(), index); // 7, 27 and 47 hang
    });
    const catalogue = catalogueOf(
      Array.from({ length: 50 }, (_, index) => `s${index}`),
      (name) => ({
        http: http.options.parse({
          checks: [{ name: 'ready', url: `http://127.0.0.1:${server.port}/${name.slice(1)}` }],
        }),
      }),
    );
    const targets = createTargets({ catalogue, drivers: [http], clock: realClock });
    const tools = { catalogue, targets, clock: realClock };
    const rows = rowsOf(await status.run({ deadline: 2_000 }, null, tools));
    const hung = rows.filter(({ health }) => health === 'unknown');
    expect(hung.map(({ name }) => name)).toEqual(['s7@prod', 's27@prod', 's47@prod']);
    const well = rows.filter(({ health }) => health === 'up');
    expect(well).toHaveLength(47);
    const firstHung = Math.min(...hung.map(({ at }) => at));
    expect(Math.max(...well.map(({ at }) => at))).toBeLessThan(firstHung);
    await targets.close();
    await server.stop();
  });

  test('a service that is killed is up before and down after', async () => {
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const section = { checks: [{ name: 'ready', url: `http://127.0.0.1:${port}/` }] };
    const catalogue = catalogueOf(['rms-auth'], () => ({ http: http.options.parse(section) }));
    const targets = createTargets({ catalogue, drivers: [http], clock: realClock });
    const look = async () => {
      const tools = { catalogue, targets, clock: realClock };
      return rowsOf(await status.run({ deadline: 2_000 }, null, tools))[0];
    };
    expect(await look()).toMatchObject({ health: 'up' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await look()).toMatchObject({ health: 'down', detail: 'ready: refused the connection' });
    await targets.close();
  });
});
