import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queries } from '../../src/actions/index.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createLog } from '../../src/config/log.ts';
import { problemLine } from '../../src/config/problem.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { createGatehouse, type Gatehouse } from '../../src/gatehouse.ts';
import { memoryIntake } from '../../src/store/memory-intake.ts';
import type { Store } from '../../src/store/open-store.ts';
import { drivers } from '../../src/targets/index.ts';
import type { WorkspaceOptions } from '../../workspace/assemble.ts';
import { connectWorkspace, type WorkspaceClient } from '../../workspace/client.ts';
import { people } from '../../workspace/people.ts';
import { startWorkspace } from '../../workspace/server.ts';
import { realClock } from './clock.ts';
import { freePort } from './free-port.ts';
import { catalogueText } from './house-catalogue.ts';
import { memoryStore } from './memory-store.ts';
import { type Person, personIn } from './person.ts';
import { tempFolder } from './temp-folder.ts';
import { startService, type TinyService } from './tiny-service.ts';

/** What both sides of a story's Slack know. */
export const tokens = {
  bot: 'xoxb-of-the-stories-0123456789',
  app: 'xapp-of-the-stories-0123456789',
  signingSecret: 'signing-of-the-stories-0123456789',
};

/** How a house is made; everything has a usual value. */
export interface HouseOptions {
  /** The services of the catalogue, by name. */
  services?: readonly string[];
  /** How Slack reaches the bot. */
  mode?: 'socket' | 'http';
  openStore?: () => Promise<Store>;
  workspace?: Partial<WorkspaceOptions>;
}

/** A local Slack, a few services, and Gatehouse between them, all in the test's own process. */
export interface House {
  slack: WorkspaceClient;
  /** Of the local Slack; its Web API is below `/api/`. */
  slackUrl: string;
  /** The address of Gatehouse's own pages. */
  web(): string;
  /** The people's hands and eyes, by id. */
  person(id: string): Person;
  service(name: string): TinyService;
  /** Writes the log of a service. */
  writeLog(name: string, lines: readonly string[]): void;
  removeLog(name: string): void;
  /** Everything that Gatehouse logged. */
  log: readonly string[];
  /** Stops Gatehouse and starts another one, as a new process would be. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Builds a house; close it when the stories are over. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { services: names = ['rms-auth', 'rust-auth'], mode = 'socket' } = options;
  const folder = tempFolder();
  const services = await startServices(names);
  const port = mode === 'http' ? await freePort() : 0;
  const slack = await startWorkspace({
    data: null,
    tokens,
    manifest: readFileSync('manifest.yml', 'utf8'),
    rateScale: 1_000,
    ...(mode === 'http' && { requestUrl: `http://127.0.0.1:${port}/slack/events` }),
    ...options.workspace,
  });
  const client = connectWorkspace(slack.url);
  const env = {
    ...slackVariables(mode),
    SLACK_API_URL: `${slack.url}/api/`,
    GATEHOUSE_CONFIG: writeCatalogue(folder.path, services),
    GATEHOUSE_PORT: String(port),
  };
  const intake = memoryIntake();
  const openStore = options.openStore ?? (async () => memoryStore(intake));
  const logOf = (name: string) => join(folder.path, name, 'service.log');
  const log: string[] = [];
  let gatehouse: Gatehouse;
  let web = '';
  const start = async () => {
    gatehouse = gatehouseFrom(env, openStore, (line) => log.push(line));
    web = await gatehouse.start();
    if (mode === 'socket') await client.waitFor(people.viewer, ({ app }) => app.sockets === 2);
  };
  await start();
  return {
    slack: client,
    slackUrl: slack.url,
    log,
    web: () => web,
    person: (id) => personIn(client, id),
    service: (name) => services.get(name) ?? unknown(name),
    writeLog: (name, lines) => writeFileSync(logOf(name), lines.map((one) => `${one}\n`).join('')),
    removeLog: (name) => rmSync(logOf(name)),
    async restart() {
      await gatehouse.stop(1_000);
      await start();
    },
    async close() {
      await gatehouse.stop(0);
      await slack.close();
      await Promise.all([...services.values()].map((service) => service.end()));
      await folder.remove();
    },
  };
}

const startServices = async (names: readonly string[]): Promise<Map<string, TinyService>> =>
  new Map(await Promise.all(names.map(async (name) => [name, await startService()] as const)));

const slackVariables = (mode: 'socket' | 'http') => ({
  GATEHOUSE_SLACK_MODE: mode,
  SLACK_BOT_TOKEN: tokens.bot,
  ...(mode === 'http'
    ? { SLACK_SIGNING_SECRET: tokens.signingSecret }
    : { SLACK_APP_TOKEN: tokens.app }),
});

/** Each service has a folder of its own, and all of them stand in one file; answers its path. */
function writeCatalogue(folder: string, services: ReadonlyMap<string, TinyService>): string {
  const path = join(folder, 'gatehouse.yml');
  const sections = [...services].map(([name, { url }]) => {
    mkdirSync(join(folder, name));
    return [name, { url, folder: join(folder, name) }] as const;
  });
  writeFileSync(path, catalogueText(Object.fromEntries(sections)));
  return path;
}

/** Gatehouse as `main.ts` puts it together. */
function gatehouseFrom(
  env: Record<string, string>,
  openStore: () => Promise<Store>,
  write: (line: string) => void,
): Gatehouse {
  const loaded = loadConfig({ env, drivers });
  if (!loaded.ok) throw new Error(loaded.error.map(problemLine).join('\n'));
  const { slack, ...config } = loaded.value;
  if (!slack) throw new Error('The story gave no tokens.');
  const redactor = createRedactor({ secrets: config.secrets.map((secret) => secret.reveal()) });
  return createGatehouse({
    config: { ...config, slack },
    drivers,
    queries,
    openStore,
    clock: realClock,
    log: createLog({ level: 'debug', redactor, write }),
    redactor,
    faultCode: () => randomBytes(3).toString('hex'),
    random: Math.random,
  });
}

const unknown = (name: string): never => {
  throw new Error(`There is no service ${name} in this house.`);
};
