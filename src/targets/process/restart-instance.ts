import type { Clock } from '../../core/clock.ts';
import { endProcess } from './end-process.ts';
import { findRunning } from './find-running.ts';
import { type Place, pidFileOf, untouched } from './place.ts';
import { startCopy } from './start-copy.ts';

/**
 * Ends the process of an instance, if it is still the one that was seen, and starts it again with the
 * release that is current; resolves when it is ready. One that does not run is only started.
 *
 * @throws {TargetError} with `happened: false` when it is another process by now, or unknown; with
 * `stuck: true` when the new one does not get ready.
 */
export async function restartInstance(
  place: Place,
  wanted: { instance: string; startedAt: number | null },
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const copy = place.instances.find(({ name }) => name === wanted.instance);
  if (!copy) throw untouched(`there is no instance called ${wanted.instance}`);
  const running = await findRunning(pidFileOf(place, copy.name));
  if ((running?.startedAt ?? null) !== wanted.startedAt) {
    throw untouched(
      `${copy.name} is not the process that was planned for: somebody has restarted or ended it`,
    );
  }
  if (signal.aborted) throw untouched('it was called off before anything was done');
  if (running) await endProcess(running, signal);
  await startCopy(place, copy, running, clock, signal);
}
