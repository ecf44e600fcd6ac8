import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Answer, Asked, Begun } from './thread-words.ts';

/** What a thread reads, and which share of its inputs each property is tried with. */
export type Tests = Pick<Begun, 'folder' | 'files'> & { inputs: number };

/** A thread that has read the tests of the area, or reads them when they are asked for. */
export interface Thread {
  ask(asked: Asked): Promise<Answer>;
  end(): Promise<void>;
}

/** How often it is looked whether a test goes on for ever, in milliseconds. */
const look = 200;
/**
 * A test that has kept a core busy for so long, in microseconds, goes on for ever: each needs a small part
 * of it. Time of a core and not of a clock, so that what is only slow on a busy machine does not count.
 */
const enough = 2_000_000;

/** How long a thread may take to tidy up, in milliseconds. */
const patience = 5_000;

const endless: Answer = {
  ...{ done: [], failed: null, isSpoilt: false, coverage: null },
  isEndless: true,
};

/** Starts one; with a mutant that is there from the beginning, where it is met while files are read. */
export function startThread({ inputs, ...tests }: Tests, active?: string): Thread {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const workerData: Begun = { ...tests, active, begun };
  const env = { ...process.env, NODE_ENV: 'test', VITEST: '1', INPUTS_SHARE: String(inputs) };
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData, env });
  const gone = once(worker, 'exit');
  gone.catch(() => {}); // whoever asks hears of it
  return {
    async ask(asked) {
      const over = new AbortController();
      const answer = once(worker, 'message').then(
        ([said]) => said as Answer,
        () => endless, // such as one that needs more memory than there is
      );
      worker.postMessage(asked);
      const end = goesOnForEver(worker, begun, over.signal).then(async (isEndless) => {
        if (isEndless) await worker.terminate();
      });
      const died = gone.catch(() => {});
      try {
        return await Promise.race([answer, ...[end, died].map((it) => it.then(() => endless))]);
      } finally {
        over.abort();
      }
    },
    async end() {
      worker.postMessage('end');
      const isGone = await Promise.race([gone, sleep(patience)]).catch(() => true);
      if (!isGone) await worker.terminate();
    },
  };
}

/** Whether one test keeps a core busy without end; not if it is over before. */
async function goesOnForEver(worker: Worker, begun: Int32Array, over: AbortSignal) {
  let [test, since] = [0, 0];
  for (;;) {
    await sleep(look);
    if (over.aborted) return false;
    const used = await worker.cpuUsage().catch(() => null); // it begins, or has ended
    if (used === null) continue;
    const [now, busy] = [Atomics.load(begun, 0), used.user + used.system];
    if (now !== test) [test, since] = [now, busy];
    if (test > 0 && busy - since > enough) return true;
  }
}
