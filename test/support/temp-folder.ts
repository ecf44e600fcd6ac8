import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What was told to end may still write while the folder goes: then it is tried again for some seconds. */
const removing = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };

/** A folder of this test alone, and how to remove it. */
export function tempFolder(): { path: string; remove(): Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  return { path, remove: () => rm(path, removing) };
}
