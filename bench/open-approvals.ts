import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { sendCommands } from './commands.ts';
import { approvals, type Card, type Crowd, leadsGroup } from './crowd.ts';
import { spawnServer, type Server as Web } from './server.ts';
import { team } from './slack-stub.ts';

/** A bot with changes that wait for approval, each on a service of its own. */
export interface OpenApprovals {
  bot: Web;
  cards: readonly Card[];
  close(): Promise<void>;
}

/** Starts the real program on that PostgreSQL, asks for the changes, and waits until their cards stand. */
export async function openApprovals(
  count: number,
  { crowd, url, folder }: { crowd: Crowd; url: string; folder: string },
): Promise<OpenApprovals> {
  const services = await startServices();
  const config = join(folder, 'gatehouse.yml');
  const { port } = services.address() as AddressInfo;
  writeFileSync(config, catalogue(count, `http://127.0.0.1:${port}`));
  const bot = await spawnServer('bin/gatehouse.mjs', crowd.apiUrl, {
    GATEHOUSE_CONFIG: config,
    GATEHOUSE_DATA: join(folder, 'data'),
    DATABASE_URL: url,
    ADMIN_TOKEN: 'token-of-the-bench-0123456789',
  });
  const close = async () => {
    await bot.end();
    services.close();
  };
  try {
    await bot.isReady();
    for (let at = 0; at < count; at++) {
      const change = `maintenance on service-${at}@prod --for 30m --reason "the database is moved"`;
      await sendCommands(bot.url, 1, 1, crowd.responseUrl, change);
    }
    return { bot, cards: await crowd.cards(count), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Stands for the services: healthy, and none of them in maintenance. */
async function startServices(): Promise<Server> {
  const server = createServer(({ url }, response) => {
    response.end(JSON.stringify(url === '/health' ? { status: 'healthy' } : { on: false }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Many leads may approve; the manager, without whom nothing is approved, never does. */
const catalogue = (count: number, url: string): string =>
  stringify({
    version: 1,
    slack: { team, pace: { all: 'none' } },
    channels: { approvals },
    roles: {
      oncall: { members: ['user:U0ASKER'] },
      lead: { members: [`group:${leadsGroup}`] },
      manager: { members: ['user:U0MANAGER1', 'user:U0MANAGER2'] },
      security: { members: ['user:U0SECURITY'] },
    },
    grants: [
      { role: '*', allow: ['risk:read'] },
      { role: 'oncall', allow: ['risk:high'] },
    ],
    approvals: {
      sets: {
        many: { slots: [{ any_of: ['manager'] }, { n: 5, any_of: ['lead'] }], expires: '1d' },
      },
      environments: { production: { high: 'many' } },
    },
    limits: { per_person: { high: 'none' } },
    services: Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`service-${at}`, serviceAt(at, url)]),
    ),
  });

const serviceAt = (at: number, url: string) => ({
  title: `Service ${at}`,
  runbook: '000',
  environments: {
    prod: {
      http: { checks: [{ name: 'health', url: `${url}/health` }] },
      'http-admin': { url, token: 'env:ADMIN_TOKEN', offers: ['maintenance'] },
    },
  },
});
