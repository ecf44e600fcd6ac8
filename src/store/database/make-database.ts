import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

/**
 * Makes the files of an embedded database when there are none. They are made beside their place and
 * moved there, so that half of them is never opened; and in a thread of its own, because making them
 * computes for seconds without a pause, in which nothing could be acknowledged.
 */
export async function makeDatabase(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const making = `${folder}.new`;
  await rm(making, { recursive: true, force: true });
  await new Promise<void>((resolve, reject) => {
    const worker = new Worker(new URL('./database-maker.ts', import.meta.url), {
      workerData: making,
    });
    worker.once('error', reject);
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`making ${folder} ended with code ${code}`)),
    );
  });
  await rename(making, folder);
}
