import { readFileSync, renameSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { World } from './world.ts';

/** Keeps the world in one JSON file. */
export interface StateFile {
  /** Writes soon, once for many changes. */
  changed(): void;
  /** Writes now, and resolves when it is written. */
  flush(): Promise<void>;
}

/** How long changes are collected before they are written, in milliseconds. */
const delay = 250;

/**
 * Reads the kept world, or null when there is none. A file that cannot be read is set aside as
 * `….broken` and said so, because a demo that does not start helps nobody.
 */
export function readWorld(path: string, say: (line: string) => void): World | null {
  try {
    const world = JSON.parse(readFileSync(path, 'utf8')) as World;
    if (world.version === 1) return world;
    throw new Error(`version ${world.version} is unknown`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    renameSync(path, `${path}.broken`);
    say(`The workspace's state could not be read and was set aside as ${path}.broken: ${error}`);
    return null;
  }
}

/** Writes `world` to `path` whole or not at all: into a file beside it, which then takes its place. */
export function createStateFile(
  path: string,
  world: World,
  say: (line: string) => void,
): StateFile {
  const beside = `${path}.new`;
  let timer: NodeJS.Timeout | null = null;
  let written = Promise.resolve();

  const write = async () => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, JSON.stringify(world));
    await rename(beside, path);
  };
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    written = written
      .then(write)
      .catch((error) => say(`The workspace's state could not be written: ${error}`));
    return written;
  };
  return {
    flush,
    changed() {
      timer ??= setTimeout(flush, delay).unref();
    },
  };
}
