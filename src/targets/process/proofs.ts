import { join } from 'node:path';
import { z } from 'zod';
import { appendLine, readLines } from './json-lines.ts';

const written = z.object({
  at: z.iso.datetime({ offset: true }),
  id: z.string(),
  madeAt: z.number().nullable(),
});

/** That a release was seen to run well; `madeAt`, in milliseconds since 1970, says which one of that name. */
export type Proof = z.infer<typeof written>;

const fileIn = (releases: string): string => join(releases, 'verified.jsonl');

/** What was seen to run well, as it was written down in a folder of releases. */
export const readProofs = (releases: string): Promise<Proof[]> =>
  readLines(fileIn(releases), written);

/** Writes one down. */
export const noteProof = (releases: string, proof: Proof): Promise<void> =>
  appendLine(fileIn(releases), proof);
