import { hash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EvidenceFile, Kept } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';

/** What a name may be: of a piece of evidence, and of the files in it. */
const nameShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/;

/** The file that lists the others. */
export const manifestName = 'manifest.json';

const manifestShape = z.object({
  name: z.string(),
  at: z.iso.datetime(),
  files: z.array(
    z.object({ name: z.string().regex(nameShape), bytes: z.int(), sha256: z.string() }),
  ),
});

/** What was kept: the hash of each file, in hex. */
export type Manifest = z.infer<typeof manifestShape>;

/** SHA-256, in hex. */
export const sha256 = (content: string | Buffer): string => hash('sha256', content);

/** The text of the manifest. `at` in milliseconds since 1970. */
export function manifestText(name: string, files: readonly EvidenceFile[], at: number): string {
  const listed = files.map((file) => ({
    name: file.name,
    bytes: Buffer.byteLength(file.content),
    sha256: sha256(file.content),
  }));
  const manifest: Manifest = { name, at: new Date(at).toISOString(), files: listed };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The manifest, and its text; null when there is none that can be read. */
export async function readManifest(
  folder: string,
): Promise<{ manifest: Manifest; text: string } | null> {
  const path = join(folder, manifestName);
  try {
    if (!(await lstat(path)).isFile()) return null;
    const text = await readFile(path, 'utf8');
    return { manifest: manifestShape.parse(JSON.parse(text)), text };
  } catch {
    return null;
  }
}

/** What a manifest says of its evidence. */
export const keptIn = (name: string, { files, at }: Manifest, text: string): Kept => ({
  name,
  sha256: sha256(text),
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  at: Date.parse(at),
});

/** @throws {TargetError} for a name that would be another path. */
export function checkName(name: string): void {
  if (nameShape.test(name) && name !== manifestName) return;
  throw new TargetError(`${JSON.stringify(name)} cannot be the name of evidence`, {
    retryable: false,
    happened: false,
  });
}
