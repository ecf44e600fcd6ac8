import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Found, Share } from './share.ts';

/** What a schedule makes is short-lived: with more room for it, less of it is copied about. In megabytes. */
const young = 96;

/** Has the work of a simulator done by a thread, as its `prover.ts` does it. */
export async function inWorker(
  simulator: 'runs' | 'incidents',
  workerData: Share & { what?: string },
): Promise<Found> {
  const script = new URL(`../${simulator}/simulator/prover.ts`, import.meta.url);
  const resourceLimits = { maxYoungGenerationSizeMb: young };
  const [found] = await once(new Worker(script, { workerData, resourceLimits }), 'message');
  return found as Found;
}
