import { type FileHandle, open } from 'node:fs/promises';
import type { LogExcerpt, LogQuery } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import { type Allowance, linesBackwards } from './backwards.ts';
import { createLinePicker, type LinePicker } from './pick-lines.ts';

/** Bytes read at most for one question, whatever the size of the log. */
const allowed = 4 * 1024 * 1024;

/** Older parts that are looked for: `.1` to `.9`. */
const generations = 10;

/**
 * The newest wanted lines of a log file and of what was rotated away from it. Throws a
 * {@link TargetError} when there is no log at all.
 */
export async function readLog(
  path: string,
  wanted: LogQuery,
  signal: AbortSignal,
  bytes = allowed,
): Promise<LogExcerpt> {
  const picker = createLinePicker(wanted);
  const allowance = { bytes };
  const seen = new Set<string>();
  let done = false;
  for (let age = 0; age < generations && !done; age += 1) {
    const file = await openPart(age === 0 ? path : `${path}.${age}`);
    if (!file && age > 0) break;
    if (!file) continue;
    try {
      done = (await isNew(file, seen)) && (await readPart(file, picker, allowance, signal));
      if (!done && allowance.bytes === 0) return { ...picker.picked(), complete: false };
    } finally {
      await file.close();
    }
  }
  if (seen.size === 0) throw new TargetError(`there is no log at ${path}`, { retryable: true });
  return { ...picker.picked(), complete: true };
}

/** True when the picker has seen enough. */
async function readPart(
  file: FileHandle,
  picker: LinePicker,
  allowance: Allowance,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const lines of linesBackwards(file, allowance)) {
    signal.throwIfAborted();
    if (!lines.every(picker.take)) return true;
  }
  return false;
}

/** False for a file that was read already: while we read, it may have been rotated to the next name. */
async function isNew(file: FileHandle, seen: Set<string>): Promise<boolean> {
  const { dev, ino } = await file.stat();
  const identity = `${dev}:${ino}`;
  if (seen.has(identity)) return false;
  seen.add(identity);
  return true;
}

async function openPart(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new TargetError(`the log ${path} cannot be read`, { retryable: false, cause });
  }
}
