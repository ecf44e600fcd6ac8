import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from '../../core/capabilities.ts';
import type { Clock } from '../../core/clock.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { listInstances } from './list-instances.ts';
import { listReleases } from './list-releases.ts';
import { type Place, untouched } from './place.ts';
import { restartInstance } from './restart-instance.ts';
import { noteSwitch } from './switches.ts';

/** A place that has releases. */
type Switched = Place & { releases: string };

/**
 * Lets the link `current` point to another release, if it still points to the one that was seen, and
 * restarts every instance with it, one after the other. Two at the same time are kept apart by the
 * target's lock: a file system cannot compare and rename in one go.
 *
 * @throws {TargetError} with `happened: false` as long as the link was not touched.
 */
export async function useRelease(
  place: Switched,
  wanted: { release: string; expected: string },
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const copies = await readyToSwitch(place, wanted).catch((error) => {
    throw untouched(messageOf(error), error);
  });
  if (signal.aborted) throw untouched('it was called off before anything was done');
  await switchLink(place.releases, wanted, clock);
  for (const copy of copies) await restartWith(place, copy, wanted.release, clock, signal);
}

async function readyToSwitch(
  place: Switched,
  { release, expected }: { release: string; expected: string },
): Promise<Instance[]> {
  const releases = await listReleases(place.releases);
  const current = releases.find((one) => one.current)?.id;
  if (current !== expected) {
    throw untouched(`${current ?? 'no release'} is the current one by now, not ${expected}`);
  }
  // Only what is listed is linked to: nothing that was typed becomes a path.
  if (!releases.some(({ id }) => id === release)) throw untouched(`there is no release ${release}`);
  const copies = await listInstances(place);
  const dark = copies.filter(({ health }) => health === 'unknown').map(({ id }) => id);
  if (dark.length > 0) throw untouched(`nobody knows how ${dark.join(', ')} is`);
  return copies;
}

/**
 * The note comes first: should this end in between, a release counts as left that was not, which
 * refuses too much and never too little.
 */
async function switchLink(
  folder: string,
  { release, expected }: { release: string; expected: string },
  clock: Clock,
): Promise<void> {
  const next = join(folder, `current.${release}`);
  try {
    const at = new Date(clock.now()).toISOString();
    await noteSwitch(folder, { at, from: expected, to: release });
    await rm(next, { force: true });
    await symlink(release, next);
    await rename(next, join(folder, 'current'));
  } catch (cause) {
    throw untouched(`the current release cannot be changed: ${messageOf(cause)}`, cause);
  }
}

/** Whatever goes wrong from here on, the release has been switched. */
async function restartWith(
  place: Switched,
  { id, startedAt }: Instance,
  release: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  try {
    await restartInstance(place, { instance: id, startedAt }, clock, signal);
  } catch (cause) {
    const stuck = cause instanceof TargetError && cause.stuck;
    const failed = stuck ? 'did not come back with it' : 'was not restarted';
    const message = `${release} is the current one now, but ${id} ${failed}: ${messageOf(cause)}`;
    throw new TargetError(message, { retryable: false, stuck, cause });
  }
}
