import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '../../node_modules/.cache/gatehouse');
const day = 86_400_000;

/**
 * What takes seconds to make and is the same for every test: whoever needs it first makes it, all others
 * copy it. Its name says everything that it depends on, behind a word and a dash.
 */
export async function prepared(
  name: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const place = join(cache, name);
  if (existsSync(place)) return place;
  await mkdir(cache, { recursive: true });
  await removeOld(name.slice(0, name.indexOf('-') + 1));
  const mine = join(cache, `making-${randomUUID()}`);
  await make(mine);
  await rename(mine, place).catch((error) => {
    if (!existsSync(place)) throw error; // else another test was quicker
  });
  await rm(mine, { recursive: true, force: true });
  return place;
}

/** What nobody needs any more, and what was left when tests were ended; what is of today may be in use. */
async function removeOld(kind: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(kind) && !name.startsWith('making-')) continue;
    const path = join(cache, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - day) await rm(path, { recursive: true, force: true });
  }
}
