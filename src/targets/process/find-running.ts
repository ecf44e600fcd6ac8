import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { TargetError } from '../../core/errors.ts';
import { startIdentity } from './start-identity.ts';

const pidFile = z.object({
  pid: z.int().positive(),
  start: z.string(),
  startedAt: z.number(),
  release: z.string(),
  argv: z.array(z.string()),
});

/** What the starter of a process wrote down about it; times in milliseconds since 1970. */
export type PidFile = z.infer<typeof pidFile>;

/**
 * The process that a pid file speaks of, if it still runs; null when it does not, or was never
 * started. Throws a {@link TargetError} when the file cannot be read or makes no sense.
 */
export async function findRunning(file: string): Promise<PidFile | null> {
  const written = await readPidFile(file);
  if (!written) return null;
  return (await startIdentity(written.pid)) === written.start ? written : null;
}

async function readPidFile(file: string): Promise<PidFile | null> {
  try {
    return pidFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new TargetError(`the pid file ${file} cannot be read`, { retryable: false, cause });
  }
}
