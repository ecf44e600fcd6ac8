import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendCommands } from './commands.ts';
import type { Goal } from './goal.ts';
import { catalogueOf, type Server, spawnServer } from './server.ts';
import { startSlackStub } from './slack-stub.ts';

const count = 1_000;
const connections = 25;

/** With one thing hung from before the start, every command is still acknowledged within three seconds. */
export async function benchHung(): Promise<Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const hole = await startHole();
  const config = join(folder, 'gatehouse.yml');
  writeFileSync(config, catalogueOf(`http://${hole.address}/health`));
  const slack = await startSlackStub();
  const env = (name: string) => ({ GATEHOUSE_CONFIG: config, GATEHOUSE_DATA: join(folder, name) });
  const hungSlack = `http://${hole.address}/api/`;
  try {
    return [
      await goal(
        'Slack API',
        spawnServer('bin/gatehouse.mjs', hungSlack, env('a')),
        `http://${hole.address}/response/1`,
        await boltWith(hungSlack),
      ),
      await goal(
        'one target',
        spawnServer('bin/gatehouse.mjs', slack.apiUrl, env('b')),
        slack.responseUrl,
      ),
      await goal(
        'the database',
        spawnServer('bin/gatehouse.mjs', slack.apiUrl, {
          ...env('c'),
          DATABASE_URL: `postgres://x@${hole.address}/x`,
        }),
        slack.responseUrl,
      ),
    ];
  } finally {
    await Promise.all([slack.close(), hole.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function goal(
  what: string,
  starting: Promise<Server>,
  responseUrl: string,
  rival = '-',
): Promise<Goal> {
  const acknowledged = await load(await starting, responseUrl);
  return {
    name: `acknowledged with ${what} hung`,
    ours: `${acknowledged} of ${count}`,
    rival,
    result: acknowledged,
    target: { at: 'least', value: count },
  };
}

/** Bare Bolt with a hung Slack API; fewer commands, since each of them takes three seconds to fail. */
async function boltWith(apiUrl: string): Promise<string> {
  const bolt = await spawnServer('bench/subjects/bolt.ts', apiUrl, {});
  const acknowledged = await load(bolt, 'http://127.0.0.1:1/', 25);
  return `bare Bolt ${acknowledged} of 25`;
}

async function load(server: Server, responseUrl: string, commands = count): Promise<number> {
  await server.listens();
  const { times } = await sendCommands(server.url, commands, connections, responseUrl);
  await server.end();
  return times.filter((ms) => ms < 3_000).length;
}

/** A server that accepts connections and never says anything. */
async function startHole(): Promise<{ address: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: TcpServer = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
