import { createBot } from './bot/bot.ts';
import { createSlackClient } from './bot/slack-client.ts';
import { createSocketReceiver } from './bot/socket-receiver.ts';
import type { Config } from './config/config.ts';
import type { Clock } from './core/clock.ts';
import type { Driver } from './core/driver.ts';
import type { Log } from './core/log.ts';
import type { Query } from './core/query.ts';
import type { Readiness } from './core/readiness.ts';
import type { Redactor } from './core/redactor.ts';
import { createDesk } from './handlers/create-desk.ts';
import { openStore } from './store/open-store.ts';
import { storeDoor } from './store/store-door.ts';
import { createTargets } from './targets/targets.ts';

/** What comes from outside: the configuration, the lists, and time and chance. */
export interface GatehouseParts {
  config: Config & { slack: NonNullable<Config['slack']> };
  drivers: readonly Driver[];
  queries: readonly Query[];
  clock: Clock;
  log: Log;
  redactor: Redactor;
  /** A few letters that a person can quote when something broke. */
  faultCode(): string;
  random(): number;
}

/** The whole of Gatehouse, put together and not yet started. */
export interface Gatehouse {
  /** Begins to take deliveries; waits neither for Slack nor for the database. */
  start(): Promise<void>;
  /** Takes nothing more, waits this many milliseconds for what has begun, and lets go of everything. */
  stop(patience: number): Promise<void>;
  ready(): Readiness;
}

/** Database calls give up after this many milliseconds. */
const storePatience = 5_000;

/** Puts the parts together. */
export function createGatehouse(parts: GatehouseParts): Gatehouse {
  const { config, drivers, queries, clock, log, redactor } = parts;
  const { catalogue, policy, slack } = config;
  const targets = createTargets({ catalogue, drivers, clock });
  const store = storeDoor({
    open: () =>
      openStore({ databaseUrl: config.databaseUrl ?? undefined, dataDir: config.dataFolder, log }),
    patience: storePatience,
    log,
  });
  const client = createSlackClient({ apiUrl: slack.apiUrl, token: slack.botToken, redactor, log });
  const directory = {
    standing: async (id: string, team: string) => ({
      kind: 'member' as const,
      person: { id, team, roles: Object.keys(policy.roles) },
    }),
  };
  const desk = createDesk({
    queries,
    catalogue,
    policy,
    directory,
    targets,
    clock,
    log,
    redact: redactor.redact,
    botName: 'Gatehouse',
  });
  const receiver = createSocketReceiver({
    client: { appToken: slack.appToken?.reveal() ?? '', clientOptions: client.options },
    lines: 2,
    others: 0,
    log,
    random: parts.random,
  });
  const bot = createBot({
    receiver,
    client,
    desk,
    intake: store.intake,
    clock,
    log,
    forget: () => {},
    botUser: () => null,
    faultCode: parts.faultCode,
    meter: { delivered: () => {}, acknowledged: () => {} },
  });
  return {
    async start() {
      await bot.start();
      store.open();
    },
    async stop(patience) {
      const left = await bot.stop(patience);
      if (left > 0) log.warn({ left }, 'stopped before everything that had begun was finished');
      await Promise.all([targets.close(), store.close()]);
    },
    ready: bot.ready,
  };
}
