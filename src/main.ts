import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { actions, queries } from './actions/index.ts';
import { loadConfig } from './config/load-config.ts';
import { createLog } from './config/log.ts';
import { problemLine } from './config/problem.ts';
import { messageOf } from './core/errors.ts';
import { createRedactor } from './core/redactor.ts';
import { createGatehouse } from './gatehouse/gatehouse.ts';
import { everyDeclared } from './handlers/help/every-declared.ts';
import { lintApprovals } from './permissions/lint-approvals.ts';
import { unenforced } from './permissions/unenforced.ts';
import { openStore } from './store/open-store.ts';
import { drivers } from './targets/index.ts';

/** How long a stop waits for what has begun, in milliseconds. */
const drain = 10_000;
/** The exit code of a configuration that has to be changed first. */
const badConfiguration = 2;

function refuse(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(badConfiguration);
}

const declared = everyDeclared(queries, actions);
const commands = {
  all: declared.map(({ name }) => name),
  actions: actions.map(({ name }) => name),
};
const loaded = loadConfig({ env: process.env, drivers, commands });
if (!loaded.ok) refuse(loaded.error.map(problemLine));
const { slack, ...config } = loaded.value;
if (!slack) {
  refuse([
    'No Slack tokens are set. `npm start` brings a local Slack workspace; README.md says how to use a real one.',
  ]);
}
const senseless = lintApprovals({ ...config, commands: declared, now: Date.now(), unenforced });
if (senseless.length > 0) refuse(senseless);
const redactor = createRedactor({ secrets: config.secrets.map((secret) => secret.reveal()) });
const log = createLog({
  level: config.logLevel,
  redactor,
  write: (line) => process.stdout.write(line),
});
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const gatehouse = createGatehouse({
  config: { ...config, slack },
  drivers,
  queries,
  actions,
  openStore: () =>
    openStore({
      databaseUrl: config.databaseUrl ?? undefined,
      migrationUrl: config.migrationUrl ?? undefined,
      dataDir: config.dataFolder,
      anchors: config.anchors,
      pace: config.pace,
      log,
      clock,
    }),
  clock,
  log,
  redactor,
  faultCode: () => randomBytes(3).toString('hex'),
  runId: () => `R-${randomBytes(3).toString('hex').toUpperCase()}`,
  agent: `${hostname()}/${process.pid}`,
  random: Math.random,
  randomBytes,
});

// Whoever read the log is gone. Saying so in the log would be a fault anew, without end.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

let stopping = false;
async function stop(code: number, why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ why }, 'stopping');
  await gatehouse.stop(drain).catch((err: unknown) => log.error({ err }, 'the stop broke off'));
  process.exit(code);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(0, signal));
process.on('disconnect', () => void stop(0, 'the launcher is gone'));
for (const fault of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(fault, (err: unknown) => {
    log.error({ err }, `a fault that nobody caught: ${messageOf(err)}`);
    void stop(1, 'a fault that nobody caught');
  });
}

void gatehouse.broken.then((why) => {
  if (stopping) return;
  console.error(why);
  void stop(badConfiguration, why);
});

const url = await gatehouse
  .start()
  .catch((error: unknown) => refuse([`Gatehouse did not start: ${messageOf(error)}`]));
log.info({ url }, 'started; health and metrics are at this address');
while (!gatehouse.ready().ok && !stopping) await sleep(10);
log.info({}, 'Slack reaches Gatehouse');
process.send?.({ ready: true });
