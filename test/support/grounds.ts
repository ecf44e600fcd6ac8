import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceOptions } from '../../workspace/assemble.ts';
import { connectWorkspace, type WorkspaceClient } from '../../workspace/client.ts';
import { startWorkspace } from '../../workspace/server.ts';
import { freePort } from './free-port.ts';
import { catalogueText, type HouseService } from './house-catalogue.ts';
import { patience } from './patience.ts';
import { type Person, personIn } from './person.ts';
import { tempFolder } from './temp-folder.ts';
import { startService, type TinyService } from './tiny-service.ts';

/** What both sides of a story's Slack know. */
export const tokens = {
  bot: 'xoxb-of-the-stories-0123456789',
  app: 'xapp-of-the-stories-0123456789',
  signingSecret: 'signing-of-the-stories-0123456789',
};

/** What a story takes place on; everything has a usual value. */
export interface GroundsOptions {
  /** The services of the catalogue, by name. */
  services?: readonly string[];
  /** Writes the catalogue; without it each service has its health check and its process. */
  catalogue?: (services: Readonly<Record<string, HouseService>>) => string;
  /** How Slack reaches the bot. */
  mode?: 'socket' | 'http';
  /** Further variables of Gatehouse. */
  env?: Readonly<Record<string, string>>;
  workspace?: Partial<WorkspaceOptions>;
  /** People take the first answer, also one that says to try again since something was too slow. */
  hasty?: boolean;
  /** Starts another Slack than the local one in this process. */
  startSlack?: () => Promise<{ url: string; close(): Promise<void> }>;
}

/** A local Slack and a few services, without anything between them yet. */
export interface Grounds {
  slack: WorkspaceClient;
  /** Of the local Slack; its Web API is below `/api/`. */
  slackUrl: string;
  /** What tells Gatehouse of all this. */
  env: Readonly<Record<string, string>>;
  /** The people's hands and eyes, by id. */
  person(id: string): Person;
  service(name: string): TinyService;
  /** Writes the log of a service. */
  writeLog(name: string, lines: readonly string[]): void;
  removeLog(name: string): void;
  close(): Promise<void>;
}

/** Lays them out; close them when the stories are over. */
export async function openGrounds(options: GroundsOptions = {}): Promise<Grounds> {
  const { services: names = ['rms-auth', 'rust-auth'], mode = 'socket' } = options;
  const folder = tempFolder();
  const services = new Map(
    await Promise.all(names.map(async (name) => [name, await startService()] as const)),
  );
  const port = mode === 'http' ? await freePort() : 0;
  const slack = await (options.startSlack?.() ?? slackHere(port, options.workspace));
  const client = connectWorkspace(slack.url);
  const logOf = (name: string) => join(folder.path, name, 'service.log');
  return {
    slack: client,
    slackUrl: slack.url,
    env: {
      ...slackVariables(mode),
      SLACK_API_URL: `${slack.url}/api/`,
      GATEHOUSE_CONFIG: writeCatalogue(folder.path, services, options.catalogue),
      GATEHOUSE_PORT: String(port),
      ...options.env,
    },
    person: (id) => personIn(client, id, options.hasty),
    service: (name) => services.get(name) ?? unknown(name),
    writeLog: (name, lines) => writeFileSync(logOf(name), lines.map((one) => `${one}\n`).join('')),
    removeLog: (name) => rmSync(logOf(name)),
    async close() {
      await slack.close();
      await Promise.all([...services.values()].map((service) => service.end()));
      await folder.remove();
    },
  };
}

/** The local Slack in this process; with a port it sends signed requests there. */
const slackHere = (port: number, options: Partial<WorkspaceOptions> = {}) =>
  startWorkspace({
    data: null,
    tokens,
    manifest: readFileSync('manifest.yml', 'utf8'),
    rateScale: 1_000,
    ackMs: patience / 4, // no story is about three seconds unless it says so
    ...(port > 0 && { requestUrl: `http://127.0.0.1:${port}/slack/events` }),
    ...options,
  });

const slackVariables = (mode: 'socket' | 'http') => ({
  GATEHOUSE_SLACK_MODE: mode,
  SLACK_BOT_TOKEN: tokens.bot,
  ...(mode === 'http'
    ? { SLACK_SIGNING_SECRET: tokens.signingSecret }
    : { SLACK_APP_TOKEN: tokens.app }),
});

/** Each service has a folder of its own, and all of them stand in one file; answers its path. */
function writeCatalogue(
  folder: string,
  services: ReadonlyMap<string, TinyService>,
  catalogue = catalogueText,
): string {
  const path = join(folder, 'gatehouse.yml');
  const sections = [...services].map(([name, { url }]) => {
    mkdirSync(join(folder, name));
    return [name, { url, folder: join(folder, name) }] as const;
  });
  writeFileSync(path, catalogue(Object.fromEntries(sections)));
  return path;
}

const unknown = (name: string): never => {
  throw new Error(`There is no service ${name} here.`);
};
