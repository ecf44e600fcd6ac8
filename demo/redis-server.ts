import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ownerFile } from './layout.ts';
import { findRunning, type PidFile, startDetached } from './processes.ts';
import { listening } from './start-system.ts';

/** Where the demo's Redis keeps its pid file. */
export const redisPidFile = (data: string): string => join(data, 'redis', 'run', 'server.json');

/** The program of Redis, if it is installed. */
export const findRedis = (path = process.env.PATH ?? ''): string | null =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'redis-server'))
    .find((program) => existsSync(program)) ?? null;

const warden = join(import.meta.dirname, 'warden.ts');

/** Starts a Redis that keeps nothing on disk and listens on this machine alone; not when it runs already. */
export function startRedis(data: string, program: string, port: number): Promise<boolean> {
  const folder = join(data, 'redis');
  mkdirSync(folder, { recursive: true });
  const at = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const server = [program, ...at, '--save', '', '--appendonly', 'no'];
  return startUnlessRunning(data, [process.execPath, warden, ownerFile(data), ...server]);
}

/** Starts the demo's Redis as it was started before. Throws when this demo has none. */
export function startRedisAgain(data: string): Promise<boolean> {
  const file = redisPidFile(data);
  if (!existsSync(file)) {
    throw new Error('This demo has no redis: redis-server was not installed when it started.');
  }
  const { argv }: PidFile = JSON.parse(readFileSync(file, 'utf8'));
  return startUnlessRunning(data, argv);
}

async function startUnlessRunning(data: string, argv: string[]): Promise<boolean> {
  const file = redisPidFile(data);
  if (await findRunning(file)) return false;
  await startDetached(argv, { file, release: '', output: join(data, 'redis', 'output.txt') });
  await listening(Number(argv[argv.indexOf('--port') + 1]), 'redis');
  return true;
}
