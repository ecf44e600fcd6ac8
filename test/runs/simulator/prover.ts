/** One worker of the long proof: runs every so manieth schedule, or looks for every so manieth mistake. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Found, runShare, type Share } from '../../prove/share.ts';
import { faults } from './faults.ts';
import { findFault } from './find-fault.ts';
import { realCode } from './real-code.ts';
import { simulate } from './simulate.ts';

/** What it is to do. */
export interface RunShare extends Share {
  /** Of mistakes, `schedules` is how many are tried for each. */
  what: 'schedules' | 'faults';
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

const share = workerData as RunShare;
parentPort?.postMessage(
  share.what === 'faults'
    ? await lookForFaults(share)
    : await runShare(share, (seed) => simulate(realCode, seed)),
);
