import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** A Redis to test against. */
export interface RedisServer {
  url: string;
  /** Null when the server is not ours to signal. */
  pid: number | null;
  /** Where it saves its data; null when the server is not ours. */
  folder: string | null;
  /** Ends the server and removes its folder. Does nothing to a server that was given. */
  stop(): Promise<void>;
}

const given = process.env.TEST_REDIS_URL;
const binary = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) =>
  existsSync(path),
);

/** Whether {@link startRedis} can work here: suites that need it are skipped where it cannot. */
export const redisAvailable = given !== undefined || binary !== undefined;

/** Whether the server is started by the tests, so that they may give it settings and kill it. */
export const ownRedis = given === undefined && binary !== undefined;

/** A server of its own on a free port, with further settings such as `['--requirepass', 'x']`. */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  if (given !== undefined) return { url: given, pid: null, folder: null, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-redis-'));
  const port = await freePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  // A server should not outlive the tests when they are killed.
  const wrap = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig=TERM'] : [];
  const [command = '', ...args] = [...wrap, binary ?? 'redis-server', ...flags, ...settings];
  const server = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: server.stdout });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('redis-server did not start')));
    lines.on('line', (line) => /ready to accept connections/i.test(line) && resolve());
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: server.pid ?? null,
    folder,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGKILL');
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
