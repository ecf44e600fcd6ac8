// Gatehouse up to the acknowledgement, with a hundred commands registered: everything but the answer,
// as the bare Bolt beside it leaves the answer out as well. With DATABASE_URL deliveries are written
// down in that PostgreSQL, else in memory.
import { randomBytes } from 'node:crypto';
import { actions, queries } from '../../src/actions/index.ts';
import { createBot } from '../../src/bot/bot.ts';
import { createSlackClient } from '../../src/bot/calling/slack-client.ts';
import { createHttpReceiver } from '../../src/bot/receiving/http-receiver.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { Secret } from '../../src/core/secret.ts';
import { createDesk } from '../../src/handlers/create-desk.ts';
import type { RunTools } from '../../src/handlers/runs/run-tools.ts';
import { memoryIntake } from '../../src/store/memory/memory-intake.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { startWeb } from '../../src/web/server.ts';
import { team } from '../slack-stub.ts';

const quiet = () => {};
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const redactor = createRedactor();
const { SIGNING_SECRET = '', SLACK_API_URL = '', DATABASE_URL } = process.env;
const store = DATABASE_URL
  ? await openStore({ databaseUrl: new Secret(DATABASE_URL), dataDir: 'unused', clock, log })
  : null;
const more = Array.from({ length: 100 - queries.length }, (_, index) => ({
  ...(queries[0] ??
    (() => {
      throw new Error('no queries');
    })()),
  name: `made-up-${index}`,
  aliases: [],
}));
const catalogue = { defaultEnv: null, services: [] };
const policy = { roles: {}, grants: [] };
const desk = createDesk({
  queries: [...queries, ...more],
  actions,
  running: {} as RunTools, // nothing gets as far as being done
  catalogue,
  policy,
  clock,
  log,
  redact: redactor.redact,
  botName: 'Gatehouse',
  directory: { standing: () => Promise.reject(new Error('not asked here')) },
  targets: { probes: async () => [], offer: async () => null, close: async () => {} },
});
const receiver = createHttpReceiver({ signingSecret: new Secret(SIGNING_SECRET), clock, log });
const metrics = createMetrics();
const bot = createBot({
  receiver,
  team,
  clock,
  log,
  meter: metrics,
  intake: store?.intake ?? memoryIntake(),
  client: createSlackClient({
    apiUrl: SLACK_API_URL,
    token: new Secret('xoxb-bench'),
    redactor,
    log,
  }),
  desk: { ...desk, handle: async () => {} },
  redactor,
  directory: { forget: () => {} },
  faultCode: () => randomBytes(3).toString('hex'),
});
await bot.start();
const { url } = await startWeb({ port: 0, checks: {}, metrics, slack: receiver.listener });
console.log(url);
process.on('message', () => process.send?.(process.cpuUsage()));
process.on('disconnect', () => process.exit(0));
