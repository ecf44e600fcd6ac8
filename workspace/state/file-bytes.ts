import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileBytes } from '../workspace.ts';

/** The bytes of uploaded files, one file each in `folder`; null keeps them in memory. */
export function createFileBytes(folder: string | null): FileBytes {
  const memory = new Map<string, Buffer>();
  if (folder === null) {
    return {
      write: async (id, bytes) => void memory.set(id, bytes),
      read: async (id) => memory.get(id) ?? null,
    };
  }
  return {
    async write(id, bytes) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, id), bytes);
    },
    read: (id) => readFile(join(folder, id)).catch(() => null),
  };
}
