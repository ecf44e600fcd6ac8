import { type Fault, withFaultyCode } from '../../support/faulty-code.ts';
import type { Code } from './code.ts';

const pieces = {
  createIncidents: 'incidents/create-incidents.ts',
  createSend: 'bot/outbox/outbox-send.ts',
  createSetups: 'incidents/channel/setups.ts',
  createSlackGuard: 'incidents/calling/slack-guard.ts',
  keepingEvidence: 'incidents/keeping/keep-evidence.ts',
  memoryStore: 'store/memory/memory-store.ts',
  repairAll: 'incidents/keeping/repair-all.ts',
  sampleAll: 'incidents/watching/sampler.ts',
  vacating: 'incidents/keeping/vacate.ts',
  wakeDue: 'incidents/keeping/incident-worker.ts',
  watchRooms: 'gatehouse/watch-rooms.ts',
} satisfies Record<keyof Code, string>;

/** The code of a schedule with the fault in it, for as long as `work` lasts. */
export const withFault = <T>(fault: Fault, work: (code: Code) => Promise<T>): Promise<T> =>
  withFaultyCode(fault, async (load) => {
    const one = async ([name, file]: [string, string]) => [name, (await load(file))[name]];
    return work(Object.fromEntries(await Promise.all(Object.entries(pieces).map(one))) as Code);
  });
