import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const written = z.object({
  at: z.iso.datetime({ offset: true }),
  from: z.string(),
  to: z.string(),
});

/** That one release was left for another. */
export type Switch = z.infer<typeof written>;

const fileIn = (releases: string): string => join(releases, 'switches.jsonl');

/** The switches that were written down in a folder of releases, oldest first. What makes no sense is left out. */
export async function readSwitches(releases: string): Promise<Switch[]> {
  const text = await readFile(fileIn(releases), 'utf8').catch(emptyWhenMissing);
  return text.split('\n').flatMap((line) => {
    const { success, data } = written.safeParse(parse(line));
    return success ? [data] : [];
  });
}

/** Writes one switch down. A line that a crash has cut short before does not swallow it. */
export const noteSwitch = (releases: string, entry: Switch): Promise<void> =>
  appendFile(fileIn(releases), `\n${JSON.stringify(entry)}\n`, { mode: 0o600 });

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
