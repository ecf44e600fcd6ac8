import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceFile, Kept } from '../../core/capabilities.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { checkName, keptIn, manifestName, manifestText } from './manifest.ts';

/** What is to be kept, and where. `at` in milliseconds since 1970. */
export interface Keeping {
  folder: string;
  name: string;
  files: readonly EvidenceFile[];
  at: number;
}

/** More than any service shows at once, in bytes: a full disk keeps no evidence at all. */
const most = 100_000_000;

/**
 * Puts files away: written beside, and given their name when all of it is on the disk. So whatever has
 * the name is whole.
 *
 * @throws {TargetError} always with `happened: false`: what is not whole is no evidence.
 */
export async function keepFiles(keeping: Keeping, signal: AbortSignal): Promise<Kept> {
  const { folder, name, files, at } = keeping;
  const text = manifestText(name, files, at);
  try {
    checkFiles(keeping);
    await ownFolder(folder);
    if (await exists(join(folder, name))) throw new Error(`there is a ${name} already`);
    await writeAll(keeping, text, signal);
  } catch (cause) {
    if (cause instanceof TargetError) throw cause;
    const message = `${name} was not kept: ${messageOf(cause)}`;
    throw new TargetError(message, { retryable: true, happened: false, cause });
  }
  return keptIn(name, JSON.parse(text), text);
}

function checkFiles({ name, files }: Keeping): void {
  for (const one of [name, ...files.map((file) => file.name)]) checkName(one);
  if (new Set(files.map((file) => file.name.toLowerCase())).size !== files.length) {
    throw new Error('two of its files have the same name');
  }
  const bytes = files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  if (bytes > most) throw new Error(`it has ${bytes} bytes, more than ${most}`);
}

/** Made where it is missing. Where others can get in, nobody could say whose evidence it is. */
async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory()) throw new Error(`${folder} is no folder`);
  if ((found.mode & 0o077) !== 0) throw new Error(`others than its owner can get into ${folder}`);
}

async function writeAll({ folder, name, files }: Keeping, manifest: string, signal: AbortSignal) {
  const beside = join(folder, `.${name}.part`);
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { mode: 0o700 });
  try {
    for (const file of [...files, { name: manifestName, content: manifest }]) {
      signal.throwIfAborted();
      await writeOnce(join(beside, file.name), file.content);
    }
    await flush(beside);
    signal.throwIfAborted();
    await rename(beside, join(folder, name));
    await flush(folder);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function writeOnce(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o400);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flush(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
