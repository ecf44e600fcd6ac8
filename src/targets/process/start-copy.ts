import { readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { TargetError } from '../../core/errors.ts';
import type { PidFile } from './find-running.ts';
import { begun, type ConfiguredCopy, type Place, pidFileOf } from './place.ts';
import { awaitReady } from './readiness.ts';
import { startDetached } from './start-detached.ts';

/**
 * Starts a copy with the release that is current, and resolves when it is ready. `before` is what ran in
 * its place.
 *
 * @throws {TargetError} with `stuck: true` when it cannot be started or does not get ready.
 */
export async function startCopy(
  place: Place,
  copy: ConfiguredCopy,
  before: PidFile | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const release = await currentRelease(place.releases, before);
  const file = pidFileOf(place, copy.name);
  const started = await startDetached({
    argv: copy.command,
    file,
    release,
    startedAt: clock.now(),
  }).catch((cause) => {
    throw cause instanceof TargetError
      ? begun(`${copy.name} was started: ${cause.message}`, cause)
      : cause;
  });
  if (copy.ready !== undefined) await awaitReady(place, copy, started, signal);
}

const currentRelease = async (
  folder: string | undefined,
  before: PidFile | null,
): Promise<string> => {
  const linked = folder ? await readlink(join(folder, 'current')).then(basename, () => null) : null;
  return linked ?? before?.release ?? 'unknown';
};
