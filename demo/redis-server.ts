import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ownerFile } from './layout.ts';
import { findRunning, type PidFile, startDetached } from './processes.ts';
import { listening } from './start-system.ts';

/** The folder of the demo's Redis. */
export const redisFolder = (data: string): string => join(data, 'redis');

/** Where the demo's Redis keeps its pid file. Gatehouse's `process` driver finds and restarts it by that. */
export const redisPidFile = (data: string): string => join(redisFolder(data), 'run', 'server.json');

/** The program of Redis, if it is installed. */
export const findRedis = (path = process.env.PATH ?? ''): string | null =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'redis-server'))
    .find((program) => existsSync(program)) ?? null;

/** What runs a program that cannot watch the demo's owner itself. */
export const warden = join(import.meta.dirname, 'warden.ts');

/**
 * What a Redis is started with that keeps nothing on disk and listens on this machine alone. The catalogue says the
 * same, so that Gatehouse restarts it as it was.
 */
export const redisCommand = (data: string, program: string, port: number): string[] => [
  ...[process.execPath, warden, ownerFile(data), program],
  ...['--port', String(port), '--bind', '127.0.0.1', '--dir', redisFolder(data)],
  ...['--save', '', '--appendonly', 'no'],
];

/** Starts it; not when it runs already. */
export function startRedis(data: string, program: string, port: number): Promise<boolean> {
  mkdirSync(redisFolder(data), { recursive: true });
  return startUnlessRunning(data, redisCommand(data, program, port));
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
  await startDetached(argv, { file, release: '', output: join(redisFolder(data), 'output.txt') });
  await listening(Number(argv[argv.indexOf('--port') + 1]), 'redis');
  return true;
}
