import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { TargetError } from '../../core/errors.ts';
import { type PidFile, stillRuns } from './find-running.ts';

/** How long a process may take to end by itself before it is killed, in milliseconds. */
const kindly = 5_000;
/** How often it is looked whether it has ended, in milliseconds. */
const pause = 20;

/**
 * Ends a process, kindly at first, and resolves when it has ended.
 *
 * @throws {TargetError} when the signal fires before that.
 */
export async function endProcess(running: PidFile, signal: AbortSignal): Promise<void> {
  send(running, 'SIGTERM');
  for (let waited = 0; waited < kindly; waited += pause) {
    if (!(await stillRuns(running))) return;
    if (signal.aborted)
      throw new TargetError(`it was told to end, and nobody knows whether it did`, {
        retryable: false,
      });
    await sleep(pause);
  }
  if (await stillRuns(running)) send(running, 'SIGKILL');
  while (await stillRuns(running)) {
    if (signal.aborted)
      throw new TargetError('it was killed, and still runs', { retryable: false });
    await sleep(pause);
  }
}

/** One that has just ended by itself needs no signal. */
function send({ pid }: PidFile, signal: NodeJS.Signals): void {
  try {
    kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
