import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Found, Share } from '../runs/simulator/prover.ts';

/** Shares the work of the simulator among so many workers. */
export async function inWorkers(work: Omit<Share, 'worker'>): Promise<Found> {
  const script = new URL('../runs/simulator/prover.ts', import.meta.url);
  const all = await Promise.all(
    Array.from({ length: work.workers }, async (_, worker) => {
      const workerData: Share = { ...work, worker };
      const [found] = await once(new Worker(script, { workerData }), 'message');
      return found as Found;
    }),
  );
  const seen = new Map<string, number>();
  for (const [what, times] of all.flatMap((found) => [...found.seen])) {
    seen.set(what, (seen.get(what) ?? 0) + times);
  }
  return {
    wrong: all.flatMap(({ wrong }) => wrong),
    seen,
    done: all.reduce((sum, { done }) => sum + done, 0),
  };
}
