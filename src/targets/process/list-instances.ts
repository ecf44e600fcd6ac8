import { join } from 'node:path';
import type { Instance } from '../../core/capabilities.ts';
import { findRunning } from './find-running.ts';
import type { ProcessOptions } from './options.ts';

/** How each instance is. One whose pid file cannot be read is `unknown` and hides none of the others. */
export const listInstances = ({
  directory,
  instances,
}: Pick<ProcessOptions, 'directory' | 'instances'>): Promise<Instance[]> =>
  Promise.all(instances.map(({ name }) => look(name, join(directory, 'run', `${name}.json`))));

async function look(id: string, file: string): Promise<Instance> {
  try {
    const running = await findRunning(file);
    if (!running) return { id, health: 'down', startedAt: null, release: null };
    return { id, health: 'up', startedAt: running.startedAt, release: running.release };
  } catch {
    return { id, health: 'unknown', startedAt: null, release: null };
  }
}
