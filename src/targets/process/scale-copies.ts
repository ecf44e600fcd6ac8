import type { Clock } from '../../core/clock.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { endProcess } from './end-process.ts';
import { findRunning } from './find-running.ts';
import { type ConfiguredCopy, type Place, pidFileOf, untouched } from './place.ts';
import { startCopy } from './start-copy.ts';
import { survey } from './survey.ts';
import { readWanted, split, writeWanted } from './wanted.ts';

/** How many copies are wanted, how many of them are ready, and how many there may be. */
export async function readReplicas(place: Place, signal: AbortSignal) {
  const { wanted, copies } = await survey(place, signal);
  const ready = copies.filter((copy) => copy.ready).length;
  return { wanted, ready, most: place.instances.length };
}

/**
 * Writes down how many copies are wanted, starts those that are missing, ends those that are too many, and
 * resolves when the others are ready. Two at the same time are kept apart by the target's lock.
 *
 * @throws {TargetError} with `happened: false` as long as nothing was written down.
 */
export async function scaleCopies(
  place: Place,
  { to, expected }: { to: number; expected: number },
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  await checkScale(place, to, expected).catch((error) => {
    throw untouched(messageOf(error), error);
  });
  if (signal.aborted) throw untouched('it was called off before anything was done');
  await writeWanted(place, to).catch((cause: unknown) => {
    throw untouched(`it cannot be written down how many are wanted: ${messageOf(cause)}`, cause);
  });
  const [wanted, others] = split(place, to);
  await all(wanted.map((copy) => startIfDown(place, copy, clock, signal)));
  await all(others.map((copy) => endIfUp(place, copy, signal)));
}

async function checkScale(place: Place, to: number, expected: number): Promise<void> {
  const most = place.instances.length;
  if (!Number.isInteger(to) || to < 1 || to > most) {
    throw untouched(`${to} is not between 1 and ${most}, which the catalogue allows`);
  }
  const wanted = await readWanted(place);
  if (wanted !== expected) {
    throw untouched(`${wanted} are wanted by now, not ${expected}: somebody has scaled it`);
  }
  // One whose state nobody knows can neither be started nor ended.
  for (const { name } of place.instances.slice(0, Math.max(to, wanted))) {
    await findRunning(pidFileOf(place, name));
  }
}

async function startIfDown(
  place: Place,
  copy: ConfiguredCopy,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (await findRunning(pidFileOf(place, copy.name))) return;
  await startCopy(place, copy, null, clock, signal);
}

async function endIfUp(place: Place, copy: ConfiguredCopy, signal: AbortSignal): Promise<void> {
  const running = await findRunning(pidFileOf(place, copy.name));
  if (running) await endProcess(running, signal);
}

/** Waits for all of them, also when one goes wrong: none may still be at work when that is told. */
async function all(work: readonly Promise<void>[]): Promise<void> {
  const failures = (await Promise.allSettled(work)).filter((one) => one.status === 'rejected');
  if (failures.length === 0) return;
  const messages = failures.map(({ reason }) => messageOf(reason));
  const stuck = failures.every(({ reason }) => reason instanceof TargetError && reason.stuck);
  throw new TargetError(messages.join('; '), { retryable: false, stuck });
}
