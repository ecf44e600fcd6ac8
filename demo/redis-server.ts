import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startDetached } from './processes.ts';

/** Where the demo's Redis keeps its pid file. */
export const redisPidFile = (data: string): string => join(data, 'redis', 'run', 'server.json');

/** The program of Redis, if this machine has one. */
export function findRedis(path = process.env.PATH ?? ''): string | null {
  const folders = [...path.split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return folders.map((folder) => join(folder, 'redis-server')).find(existsSync) ?? null;
}

/** Starts a Redis that keeps nothing on disk and listens on this machine alone. */
export async function startRedis(data: string, program: string, port: number): Promise<void> {
  const folder = join(data, 'redis');
  mkdirSync(join(folder, 'run'), { recursive: true });
  const settings = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  await startDetached([program, ...settings, '--dir', folder], {
    file: redisPidFile(data),
    release: 'installed',
    output: join(folder, 'output.txt'),
  });
}
