import { StoreBusy } from './errors.ts';

/**
 * Takes a lock on `<folder>.lock` that the kernel gives back when the process ends, however it ends:
 * SQLite's exclusive transaction is such a lock, so no stale process id has to be recognised.
 *
 * @returns what lets go of it.
 * @throws {StoreBusy} when another process holds it.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const { DatabaseSync } = await import('node:sqlite');
  const lock = new DatabaseSync(`${folder}.lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (cause instanceof Error && /locked/.test(cause.message)) throw new StoreBusy(folder);
    throw cause;
  }
  return () => lock.close();
}
