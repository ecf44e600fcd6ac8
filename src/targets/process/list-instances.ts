import type { Instance } from '../../core/capabilities.ts';
import { findRunning, findWritten, type PidFile } from './find-running.ts';
import { type Place, pidFileOf } from './place.ts';
import { readWanted, split } from './wanted.ts';

/**
 * How each copy is that is wanted, and each that runs all the same. One whose pid file cannot be read is
 * `unknown` and hides none of the others.
 */
export async function listInstances(
  place: Pick<Place, 'directory' | 'instances' | 'copies'>,
): Promise<Instance[]> {
  const [wanted, others] = split(place, await readWanted(place));
  const [listed, surplus] = await Promise.all([
    Promise.all(wanted.map(({ name }) => look(name, findRunning(pidFileOf(place, name))))),
    Promise.all(others.map(({ name }) => look(name, findWritten(pidFileOf(place, name))))),
  ]);
  return [...listed, ...surplus.filter(({ health }) => health !== 'down')];
}

async function look(id: string, finding: Promise<PidFile | null>): Promise<Instance> {
  try {
    const running = await finding;
    if (!running) return { id, health: 'down', startedAt: null, release: null };
    return { id, health: 'up', startedAt: running.startedAt, release: running.release };
  } catch {
    return { id, health: 'unknown', startedAt: null, release: null };
  }
}
