import { appendFile, readFile } from 'node:fs/promises';
import type { z } from 'zod';

/** What was written down in a file, one JSON value a line, oldest first. What makes no sense is left out. */
export async function readLines<T>(file: string, shape: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch(emptyWhenMissing);
  return text.split('\n').flatMap((line) => {
    const { success, data } = shape.safeParse(parse(line));
    return success ? [data] : [];
  });
}

/** Writes one line more. One that a crash has cut short before does not swallow it. */
export const appendLine = (file: string, value: unknown): Promise<void> =>
  appendFile(file, `\n${JSON.stringify(value)}\n`, { mode: 0o600 });

function emptyWhenMissing(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
