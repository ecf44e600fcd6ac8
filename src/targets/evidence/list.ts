import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kept } from '../../core/capabilities.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { codeOf } from '../failure.ts';
import { keptIn, readManifest } from './manifest.ts';

/** All that is kept, newest first; what has no manifest any more is listed without a hash. */
export async function listKept(folder: string, signal: AbortSignal): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const name of await namesIn(folder)) {
    signal.throwIfAborted();
    const read = await readManifest(join(folder, name));
    kept.push(read ? keptIn(name, read.manifest, read.text) : await bare(folder, name));
  }
  return kept.sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1));
}

/** What begins with a full stop was never finished. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((one) => one.isDirectory() && !one.name.startsWith('.')).map(nameOf);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return [];
    const message = `what is kept cannot be listed: ${messageOf(cause)}`;
    throw new TargetError(message, { retryable: true, happened: false, cause });
  }
}

const nameOf = ({ name }: { name: string }): string => name;

const bare = async (folder: string, name: string): Promise<Kept> => ({
  name,
  sha256: '',
  bytes: 0,
  at: Math.floor((await lstat(join(folder, name))).mtimeMs),
});
