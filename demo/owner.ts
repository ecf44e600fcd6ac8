import { readFileSync } from 'node:fs';
import { startIdentity, writeWhole } from './processes.ts';

/** The demo's main process, as the systems know it: they end themselves when it is gone. */
export interface Owner {
  pid: number;
  start: string;
}

const patience = 5000;

/** The process that owns the demo in a folder, if it still runs. */
export async function findOwner(file: string): Promise<Owner | null> {
  try {
    const owner: Owner = JSON.parse(readFileSync(file, 'utf8'));
    return (await startIdentity(owner.pid)) === owner.start ? owner : null;
  } catch {
    return null;
  }
}

/** Writes this process down as the owner. */
export async function claim(file: string): Promise<void> {
  const start = (await startIdentity(process.pid)) ?? '';
  writeWhole(file, `${JSON.stringify({ pid: process.pid, start })}\n`);
}

/** Calls `orphaned` once the owner has been gone for five seconds; a new owner in time is as good. */
export function watchOwner(file: string, orphaned: () => void): void {
  let lastSeen = performance.now();
  const look = async () => {
    if (await findOwner(file)) lastSeen = performance.now();
    if (performance.now() - lastSeen < patience) setTimeout(look, 1000);
    else orphaned();
  };
  void look();
}
