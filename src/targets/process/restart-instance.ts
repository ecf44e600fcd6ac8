import { readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { TargetError } from '../../core/errors.ts';
import { findRunning, type PidFile, stillRuns } from './find-running.ts';
import type { ProcessOptions } from './options.ts';
import { startDetached } from './start-detached.ts';

/** How long a process may take to end by itself before it is killed, in milliseconds. */
const kindly = 5_000;
/** How often it is looked whether it has ended, in milliseconds. */
const pause = 20;

/**
 * Ends the process of an instance, if it is still the one that was seen, and starts it again with the
 * release that is current. One that does not run is only started.
 *
 * @throws {TargetError} with `happened: false` when it is another process by now, or unknown.
 */
export async function restartInstance(
  { directory, instances, releases }: Pick<ProcessOptions, 'directory' | 'instances' | 'releases'>,
  wanted: { instance: string; startedAt: number | null },
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const instance = instances.find(({ name }) => name === wanted.instance);
  if (!instance) throw untouched(`there is no instance called ${wanted.instance}`);
  const file = join(directory, 'run', `${instance.name}.json`);
  const running = await findRunning(file);
  if ((running?.startedAt ?? null) !== wanted.startedAt) {
    throw untouched(
      `${instance.name} is not the process that was planned for: somebody has restarted or ended it`,
    );
  }
  if (signal.aborted) throw untouched('it was called off before anything was done');
  if (running) await end(running, signal);
  const release = await currentRelease(releases, running);
  await startDetached({ argv: instance.command, file, release, startedAt: clock.now() });
}

const untouched = (message: string): TargetError =>
  new TargetError(message, { retryable: false, happened: false });

async function end(running: PidFile, signal: AbortSignal): Promise<void> {
  kill(running.pid, 'SIGTERM');
  for (let waited = 0; waited < kindly; waited += pause) {
    if (!(await stillRuns(running))) return;
    if (signal.aborted)
      throw new TargetError(`it was told to end, and nobody knows whether it did`, {
        retryable: false,
      });
    await sleep(pause);
  }
  if (await stillRuns(running)) kill(running.pid, 'SIGKILL');
  while (await stillRuns(running)) {
    if (signal.aborted)
      throw new TargetError('it was killed, and still runs', { retryable: false });
    await sleep(pause);
  }
}

const currentRelease = async (
  folder: string | undefined,
  running: PidFile | null,
): Promise<string> => {
  const linked = folder ? await readlink(join(folder, 'current')).then(basename, () => null) : null;
  return linked ?? running?.release ?? 'unknown';
};
