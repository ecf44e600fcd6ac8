import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration } from '../../core/duration.ts';
import { type PidFile, stillRuns } from './find-running.ts';
import { begun, type ConfiguredCopy, outputOf, type Place, pidFileOf } from './place.ts';

/** How long one look may take, in milliseconds: who is slower takes no requests. */
const patience = 2_000;
/** How often it is looked, in milliseconds. */
const pause = 50;
/** How long a copy may take when nobody says otherwise, in milliseconds. */
const usual = 20_000;

/** Why a copy that runs takes no requests, as a clause; null when it does, or when nobody can ask it. */
export async function unreadiness(
  { ready }: Pick<ConfiguredCopy, 'ready'>,
  signal: AbortSignal,
): Promise<string | null> {
  if (ready === undefined) return null;
  const late = AbortSignal.timeout(patience);
  const until = AbortSignal.any([signal, late]);
  if (ready.startsWith('tcp:')) {
    return (await connects(new URL(ready), until)) ? null : 'takes no connections';
  }
  const status = await statusOf(ready, until);
  if (status === null) return late.aborted ? 'does not answer in time' : 'does not answer';
  return status >= 200 && status < 300 ? null : `answers ${status}`;
}

/** A connection of its own each time: one that was kept may lead to the process that was before. */
function statusOf(url: string, signal: AbortSignal): Promise<number | null> {
  const get = url.startsWith('https:') ? getSecure : getPlain;
  return new Promise((done) => {
    const asked = get(url, { agent: false, signal }, (answer) => {
      done(answer.statusCode ?? null);
      answer.destroy();
    });
    asked.on('error', () => done(null));
  });
}

/** Whether anybody takes a connection there. */
function connects({ hostname, port }: URL, signal: AbortSignal): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((done) => {
    const socket = createConnection({ host, port: Number(port), signal });
    socket.on('error', () => done(false));
    socket.on('connect', () => {
      socket.destroy();
      done(true);
    });
  });
}

/**
 * Waits until a copy that was started takes requests.
 *
 * @throws {TargetError} with `stuck: true` when it has ended again, or is not ready in time.
 */
export async function awaitReady(
  place: Place,
  copy: ConfiguredCopy,
  started: PidFile,
  signal: AbortSignal,
): Promise<void> {
  const { ready_within: within = usual } = place;
  const over = AbortSignal.any([signal, AbortSignal.timeout(within)]);
  let trouble = 'does not answer';
  while (!over.aborted) {
    if (!(await stillRuns(started))) {
      const output = outputOf(pidFileOf(place, copy.name));
      throw begun(`${copy.name} was started: it has ended again; its last words are in ${output}`);
    }
    const seen = await unreadiness(copy, over);
    if (seen === null) return;
    if (!over.aborted) trouble = seen; // a look that was cut short says nothing
    await sleep(pause);
  }
  const time = signal.aborted ? 'in time' : `within ${formatDuration(within)}`;
  throw begun(`${copy.name} was started and is not ready ${time}: it ${trouble}`);
}
