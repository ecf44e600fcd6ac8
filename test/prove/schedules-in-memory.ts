import { inWorker } from './in-worker.ts';
import type { Part } from './part.ts';

/** What is tried so often, in how many parts, and what has to be among all that happens. */
interface Wanted {
  schedules: number;
  shares: number;
  interesting: readonly string[];
}

/** Fewer may well leave out what happens seldom. */
const enough = 1_000;

/** The schedules of a simulator in memory, in parts that several cores can take. */
export const schedulesInMemory = (
  name: string,
  simulator: 'runs' | 'incidents',
  { schedules, shares, interesting }: Wanted,
): Part[] =>
  Array.from({ length: shares }, (_, worker) => ({
    name: `${name}, ${worker + 1} of ${shares}`,
    async prove() {
      const share = { what: 'schedules', schedules, worker, workers: shares };
      const { wrong, seen, done } = await inWorker(simulator, share);
      const unseen = done < enough ? [] : interesting.filter((what) => !seen.has(what));
      return {
        done: `${done} schedules`,
        wrong: [...wrong, ...unseen.map((what) => `never: ${what}`)],
      };
    },
  }));
