import { randomBytes } from 'node:crypto';
import { queries, actions as usualActions } from '../../src/actions/index.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createLog } from '../../src/config/log.ts';
import { problemLine } from '../../src/config/problem.ts';
import type { Action } from '../../src/core/action.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Driver } from '../../src/core/driver.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { createGatehouse } from '../../src/gatehouse/gatehouse.ts';
import type { Gatehouse } from '../../src/gatehouse/gatehouse-parts.ts';
import type { MemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/open-store.ts';
import { drivers as usualDrivers } from '../../src/targets/index.ts';
import { people } from '../../workspace/people.ts';
import { realClock } from './clock.ts';
import { type Grounds, type GroundsOptions, openGrounds } from './grounds.ts';
import { memoryStore } from './memory-store.ts';
import { patience } from './patience.ts';

/** How a house is made; everything has a usual value. */
export interface HouseOptions extends GroundsOptions {
  openStore?: () => Promise<Store>;
  drivers?: readonly Driver[];
  actions?: readonly Action[];
  clock?: Clock;
  /** The store in memory of a house with runs; a new one without it. */
  store?: MemoryStore;
}

/** A local Slack, a few services, and Gatehouse between them, all in the test's own process. */
export interface House extends Grounds {
  /** The address of Gatehouse's own pages. */
  web(): string;
  /** Everything that Gatehouse logged. */
  log: readonly string[];
  /** Stops Gatehouse and starts another one with the same store. */
  restart(): Promise<void>;
}

/** Builds a house; close it when the stories are over. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const grounds = await openGrounds(options);
  const store = memoryStore();
  const openStore = options.openStore ?? (async () => store);
  const log: string[] = [];
  let gatehouse: Gatehouse;
  let web = '';
  const start = async () => {
    gatehouse = gatehouseFrom(grounds.env, { ...options, openStore }, (line) => log.push(line));
    web = await gatehouse.start();
    if (options.mode === 'http') return;
    await grounds.slack.waitFor(people.viewer, ({ app }) => app.sockets === 2);
  };
  await start();
  return {
    ...grounds,
    web: () => web,
    log,
    async restart() {
      await gatehouse.stop(1_000);
      await start();
    },
    async close() {
      await gatehouse.stop(0);
      await grounds.close();
    },
  };
}

/** Gatehouse as `main.ts` puts it together. */
function gatehouseFrom(
  env: Grounds['env'],
  parts: HouseOptions & Required<Pick<HouseOptions, 'openStore'>>,
  write: (line: string) => void,
): Gatehouse {
  const { drivers = usualDrivers, actions = usualActions, clock = realClock } = parts;
  const loaded = loadConfig({ env, drivers });
  if (!loaded.ok) throw new Error(loaded.error.map(problemLine).join('\n'));
  const { slack, ...config } = loaded.value;
  if (!slack) throw new Error('The story gave no tokens.');
  const redactor = createRedactor({ secrets: config.secrets.map((secret) => secret.reveal()) });
  return createGatehouse({
    config: { ...config, slack },
    drivers,
    queries,
    actions,
    runId: () => `R-${randomBytes(3).toString('hex').toUpperCase()}`,
    agent: 'test',
    openStore: parts.openStore,
    clock,
    log: createLog({ level: 'debug', redactor, write }),
    redactor,
    faultCode: () => randomBytes(3).toString('hex'),
    random: Math.random,
    randomBytes,
    ...(!parts.hasty && { lookUpFor: patience / 6 }), // less than a story's Slack waits for an acknowledgement
  });
}
