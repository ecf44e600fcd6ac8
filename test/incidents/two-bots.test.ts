import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IncidentSamples } from '../../src/core/incidents.ts';
import { createSetups } from '../../src/incidents/channel/setups.ts';
import { createIncidents } from '../../src/incidents/create-incidents.ts';
import {
  createIncidentKeeper,
  type IncidentKeeper,
} from '../../src/incidents/keeping/incident-keeper.ts';
import { wakeDue } from '../../src/incidents/keeping/incident-worker.ts';
import { sampleAll } from '../../src/incidents/watching/sampler.ts';
import { realSleep } from '../../src/runs/sleep.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import type { Store } from '../../src/store/open-store.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { realClock } from '../support/clock.ts';
import { openPatiently } from '../support/open-patiently.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';
import { declaration, figures, reach, rules } from './stage.ts';

/** What two bots did to the outside world. */
const seen = { created: [] as string[], claimed: [] as string[], looks: 0 };
let ids = 0;

/** A bot as far as incidents go: its life, its keeper and the channels it makes, over its own connections. */
function botOver(store: Store): IncidentKeeper {
  const { incidents } = store;
  const samples: IncidentSamples = {
    ...store.incidentSamples,
    claim: async (incident, at) => {
      const mine = await store.incidentSamples.claim(incident, at);
      if (mine) seen.claimed.push(`${incident} ${at}`);
      return mine;
    },
  };
  const life = createIncidents({
    incidents,
    rulesFor: () => rules,
    reach: async () => reach,
    newId: () => {
      ids += 1;
      return `change-${ids}`;
    },
    log: quietLog,
    sleep: realSleep,
  });
  const done = { kind: 'done', value: null } as const;
  const setups = createSetups({
    incidents,
    life,
    log: quietLog,
    link: () => null,
    cardIn: async () => '1.1',
    room: {
      create: async ({ incident, name }) => {
        await realSleep(20);
        if (!seen.created.includes(incident)) seen.created.push(incident);
        return { kind: 'done', value: { id: `C-${incident}`, name } };
      },
      invite: async () => ({ kind: 'done', value: [] }),
      setTopic: async () => done,
      bookmark: async () => done,
      pin: async () => done,
    },
  });
  const keeper = createIncidentKeeper({
    beat: store.presence.beat,
    wake: () =>
      wakeDue({
        ...{ incidents, samples, life, log: quietLog },
        setUp: async ({ id }) => setups.begin(id),
        keepEvidence: () => {},
        clearTraces: () => {},
        gather: async () => figures,
        absenceSince: async () => null,
      }),
    untilDue: incidents.untilDue,
    sample: () =>
      sampleAll({
        ...{ incidents, samples, life, log: quietLog },
        look: async () => {
          seen.looks += 1;
          return [];
        },
      }),
    repair: async () => {},
    onChanged: incidents.onChanged,
    log: quietLog,
    random: () => 0.5,
    sleep: realSleep,
    pace: { wake: 25, sample: 10, beat: 500, repair: 60_000 },
  });
  return {
    start: keeper.start,
    async stop() {
      await keeper.stop();
      await setups.stop();
    },
  };
}

describe.skipIf(!postgresAvailable)('two bots on one PostgreSQL', () => {
  let server: PostgresServer;
  const engines: Engine[] = [];
  const stores: Store[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    for (let n = 0; n < 2; n += 1) {
      const engine = await openPatiently(server.url);
      engines.push(engine);
      stores.push(storeOver(engine, quietLog, realClock));
    }
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server?.stop();
  });

  test('make one channel, post one update for each slot, and look once in each minute', async () => {
    const [{ db } = expect.fail()] = engines;
    const [store = expect.fail()] = stores;
    const declarer = createIncidents({
      incidents: store.incidents,
      rulesFor: () => rules,
      reach: async () => reach,
      newId: () => 'declared',
      log: quietLog,
      sleep: realSleep,
    });
    const services = ['one', 'two', 'three', 'four', 'five', 'six'];
    for (const service of services) {
      await declarer.declare({ ...declaration, target: { service, env: 'prod' } });
    }
    const bots = stores.map((one) => botOver(one));
    for (const bot of bots) bot.start();
    for (let passed = 0; passed < 60; passed += 1) {
      await sql`update gatehouse_clock set shift = shift + interval '1 minute'`.execute(db);
      await realSleep(60);
    }
    const posted = async () =>
      (await store.incidents.list({ limit: 10 })).map(
        ({ updates }) => updates.posted + updates.merged,
      );
    await expect.poll(posted).toEqual(services.map(() => 4));
    await Promise.all(bots.map((bot) => bot.stop()));
    for (const { id } of await store.incidents.list({ limit: 10 })) {
      const records = await store.audit.find({ subject: id, limit: 200 });
      const slots = records
        .filter(({ event }) => event === 'incident.updated')
        .map(({ facts }) => facts.slot);
      expect(new Set(slots).size).toBe(slots.length);
      const made = records.filter(
        ({ event, facts }) => event === 'incident.set-up' && facts.step === 'channel',
      );
      expect(made).toHaveLength(1);
    }
    expect(seen.created.toSorted()).toEqual(['INC-1', 'INC-2', 'INC-3', 'INC-4', 'INC-5', 'INC-6']);
    expect(seen.claimed.length).toBeGreaterThan(100);
    expect(new Set(seen.claimed).size).toBe(seen.claimed.length);
    expect(seen.looks).toBe(seen.claimed.length);
  });
});
