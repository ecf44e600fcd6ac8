import type { Clock } from '../../core/clock.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { listReleases } from './list-releases.ts';
import { noteProof } from './proofs.ts';

/**
 * Writes down in the folder of releases that the current one runs well. What its maker has written about it
 * stays as it is.
 *
 * @throws {TargetError} with `happened: false` when nothing was written down.
 */
export async function markVerified(
  folder: string,
  release: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const releases = await listReleases(folder);
  const current = releases.find((one) => one.current);
  if (current?.id !== release) {
    throw untouched(`${current?.id ?? 'no release'} is the current one by now, not ${release}`);
  }
  if (signal.aborted) throw untouched('it was called off before anything was done');
  if (current.verified) return;
  const at = new Date(clock.now()).toISOString();
  await noteProof(folder, { at, id: release, madeAt: current.at }).catch((cause: unknown) => {
    throw untouched(`it cannot be written down: ${messageOf(cause)}`, cause);
  });
}

const untouched = (message: string, cause?: unknown): TargetError =>
  new TargetError(message, { retryable: false, happened: false, cause });
