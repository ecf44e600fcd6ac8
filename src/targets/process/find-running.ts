import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { TargetError } from '../../core/errors.ts';
import { findUnwritten } from './find-unwritten.ts';
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
 * The process that a pid file speaks of, or should, if it runs; null when it does not, or was never
 * started. Throws a {@link TargetError} when the file cannot be read or makes no sense.
 */
export const findRunning = async (file: string): Promise<PidFile | null> =>
  (await findWritten(file)) ?? findUnwritten(file);

/** The same without a look at every process of this machine: one that no pid file speaks of is not found. */
export async function findWritten(file: string): Promise<PidFile | null> {
  const written = await readPidFile(file);
  return written && (await stillRuns(written)) ? written : null;
}

/** Whether exactly this process runs, and not another one with its number. */
export const stillRuns = async ({ pid, start }: Pick<PidFile, 'pid' | 'start'>): Promise<boolean> =>
  (await startIdentity(pid)) === start;

async function readPidFile(file: string): Promise<PidFile | null> {
  try {
    return pidFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new TargetError(`the pid file ${file} cannot be read`, { retryable: false, cause });
  }
}
