import { join } from 'node:path';
import { z } from 'zod';
import { appendLine, readLines } from './json-lines.ts';

const written = z.object({
  at: z.iso.datetime({ offset: true }),
  from: z.string(),
  to: z.string(),
});

/** That one release was left for another. */
export type Switch = z.infer<typeof written>;

const fileIn = (releases: string): string => join(releases, 'switches.jsonl');

/** The switches that were written down in a folder of releases, oldest first. */
export const readSwitches = (releases: string): Promise<Switch[]> =>
  readLines(fileIn(releases), written);

/** Writes one switch down. */
export const noteSwitch = (releases: string, entry: Switch): Promise<void> =>
  appendLine(fileIn(releases), entry);
