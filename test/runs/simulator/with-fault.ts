import { type Fault, withFaultyCode } from '../../support/faulty-code.ts';
import { realCode } from './real-code.ts';
import type { Code } from './truth.ts';

/** What has the life of runs in it, the store included: one knows the errors of the other. */
const ofRuns = [
  'runs/create-runner.ts',
  'runs/why-stopped.ts',
  'core/errors.ts',
  'store/memory/memory-store.ts',
];

/** All that a schedule is made of. */
const pieces = [
  ...ofRuns,
  'gatehouse/second-accounts.ts',
  'gatehouse/draw-runs.ts',
  'bot/receiving/deliveries.ts',
  'bot/receiving/dispatcher.ts',
  'bot/receiving/left-behind.ts',
  'bot/outbox/outbox-sender.ts',
  'handlers/runs/tell-left-behind.ts',
];

/** The code of a schedule with the fault in it, for as long as `work` lasts. */
export const withFault = <T>(fault: Fault, work: (code: Code) => Promise<T>): Promise<T> =>
  withFaultyCode(fault, async (load) => {
    const wanted = fault.edits.some(({ file }) => !file.startsWith('runs/')) ? pieces : ofRuns;
    const loaded = await Promise.all(wanted.map(load));
    return work(Object.assign({ ...realCode }, ...loaded));
  });
