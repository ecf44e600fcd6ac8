import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { currentRelease, placesOf } from './layout.ts';
import { findRunning, startDetached } from './processes.ts';

/** The program that every system runs. */
export const systemProgram = join(import.meta.dirname, 'system.ts');

/** What starts a system: the same argument vector that the catalogue tells Gatehouse. */
export const commandOf = (directory: string): string[] => [
  process.execPath,
  systemProgram,
  directory,
];

/** Starts a system that does not run, from its current release. False when it runs already. */
export async function startSystem(data: string, name: string): Promise<boolean> {
  const { directory, pidFile: file, output, releases } = placesOf(data, name);
  if (await findRunning(file)) return false;
  await startDetached(commandOf(directory), { file, release: currentRelease(releases), output });
  return true;
}

/** Waits until somebody listens on a port of this machine; ten seconds at most. */
export async function listening(port: number, name: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await connects(port)) return;
    await wait(25);
  }
  throw new Error(`${name} was started but does not listen on port ${port}.`);
}

const connects = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('error', () => done(false));
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
  });
