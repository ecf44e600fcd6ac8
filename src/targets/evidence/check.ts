import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkName, type Manifest, manifestName, readManifest, sha256 } from './manifest.ts';

/** Reads all of it again: what is not as the manifest says, a clause each. */
export async function checkKept(
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  checkName(name);
  const place = join(folder, name);
  const entries = await readdir(place).catch(() => null);
  if (entries === null) return [`${name} is not there`];
  const read = await readManifest(place);
  if (read === null) return [`the manifest of ${name} is missing or cannot be read`];
  const { files } = read.manifest;
  const flaws: string[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    flaws.push(...(await flawsOf(place, file)));
  }
  const listed = [manifestName, ...files.map((file) => file.name)];
  const more = entries.filter((entry) => !listed.includes(entry));
  return [...flaws, ...more.map((entry) => `${entry} was added`)];
}

async function flawsOf(place: string, file: Manifest['files'][number]): Promise<string[]> {
  const path = join(place, file.name);
  try {
    if (!(await lstat(path)).isFile()) return [`${file.name} is no file any more`];
    return sha256(await readFile(path)) === file.sha256 ? [] : [`${file.name} was changed`];
  } catch {
    return [`${file.name} is missing or cannot be read`];
  }
}
