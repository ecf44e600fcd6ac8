import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { wantedCopies } from './copies.ts';
import { currentRelease, placesOf, readSettings } from './layout.ts';
import { findRunning, startDetached } from './processes.ts';

/** The program that every system runs. */
export const systemProgram = join(import.meta.dirname, 'system.ts');

/** What starts a copy of a system: the same argument vector that the catalogue tells Gatehouse. */
const commandOf = (directory: string, copy: string): string[] => [
  process.execPath,
  systemProgram,
  directory,
  copy,
];

/**
 * Starts the wanted copies of a system that do not run, from its current release, and waits until they
 * answer. False when all of them run already.
 */
export async function startSystem(data: string, name: string): Promise<boolean> {
  const copies = wantedCopies(data, name);
  const started = await Promise.all(copies.map((copy) => startCopy(data, name, copy)));
  const { directory, output } = placesOf(data, name);
  const { port } = readSettings(directory);
  await Promise.all(
    copies.map(async (copy) => {
      if (await answering(port, copy)) return;
      const words = lastWords(output);
      throw new Error(
        `${copy} of ${name} was started but does not answer on port ${port}. ${words || 'It said nothing.'}`,
      );
    }),
  );
  return started.includes(true);
}

async function startCopy(data: string, name: string, copy: string): Promise<boolean> {
  const { directory, pidFile, output, releases } = placesOf(data, name);
  const file = pidFile(copy);
  if (await findRunning(file)) return false;
  const release = currentRelease(releases);
  await startDetached(commandOf(directory, copy), { file, release, output });
  return true;
}

/** How often it is looked whether something has started, every 25 ms: half a minute, for machines that are busy. */
const looks = 1_200;

/** Waits until a copy answers through the front of its system; false when it does not. */
async function answering(port: number, copy: string): Promise<boolean> {
  for (let tries = 0; tries < looks; tries += 1) {
    if (await answers(port, `/_copies/${copy}/metrics`)) return true;
    await wait(25);
  }
  return false;
}

/** The end of what a process printed. */
const lastWords = (output: string): string => readFileSync(output, 'utf8').trim().slice(-2_000);

const answers = (port: number, path: string): Promise<boolean> =>
  new Promise((done) => {
    const at = { host: '127.0.0.1', port, path, agent: false, timeout: 2_000 };
    const asked = get(at, (answer) => {
      done(answer.statusCode === 200);
      asked.destroy();
    });
    asked.once('timeout', () => asked.destroy(new Error('too slow')));
    asked.once('error', () => done(false));
  });

/** Waits until somebody listens on a port of this machine. */
export async function listening(port: number, name: string): Promise<void> {
  for (let tries = 0; tries < looks; tries += 1) {
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
