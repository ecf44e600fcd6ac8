/** One worker of the long proof: runs every so manieth schedule, or looks for every so manieth mistake. */
import { parentPort, workerData } from 'node:worker_threads';
import { faults } from './faults.ts';
import { findFault } from './find-fault.ts';
import { realCode } from './real-code.ts';
import { simulate } from './simulate.ts';

/** What a worker is to do. */
export interface Share {
  what: 'schedules' | 'faults';
  /** How many schedules in all, or for each mistake. */
  schedules: number;
  worker: number;
  workers: number;
}

/** What it found. */
export interface Found {
  /** What went wrong, a sentence each, with the seed. */
  wrong: string[];
  seen: Map<string, number>;
  done: number;
}

async function runSchedules({ schedules, worker, workers }: Share): Promise<Found> {
  const found: Found = { wrong: [], seen: new Map(), done: 0 };
  for (let seed = worker; seed < schedules && found.wrong.length < 5; seed += workers) {
    const { verdict, seen } = await simulate(realCode, seed);
    found.done += 1;
    if (verdict !== null) found.wrong.push(`SIM_SEED=${seed}: ${verdict}`);
    for (const [what, times] of seen) found.seen.set(what, (found.seen.get(what) ?? 0) + times);
  }
  return found;
}

async function lookForFaults({ schedules, worker, workers }: Share): Promise<Found> {
  const only = process.env.FAULT ?? ''; // a part of the name of one
  const wanted = faults.filter(({ name }) => name.includes(only));
  const found: Found = { wrong: [], seen: new Map(), done: 0 };
  for (const fault of wanted.filter((_, index) => index % workers === worker)) {
    const first = await findFault(fault, schedules).catch((error: unknown) => {
      found.wrong.push(String(error));
      return { seed: -1 };
    });
    found.done += 1;
    if (first === null) found.wrong.push(`nobody notices if ${fault.name}`);
    else found.seen.set(fault.name, first.seed);
  }
  return found;
}

const share = workerData as Share;
parentPort?.postMessage(await (share.what === 'faults' ? lookForFaults : runSchedules)(share));
