import { createIncidents } from '../../../src/incidents/create-incidents.ts';
import { wakeDue } from '../../../src/incidents/incident-worker.ts';
import { keepingEvidence } from '../../../src/incidents/keep-evidence.ts';
import { repairAll } from '../../../src/incidents/repair-all.ts';
import { sampleAll } from '../../../src/incidents/sampler.ts';
import { createSetups } from '../../../src/incidents/setups.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';

/** The code under test: the real one, or one with a fault in it. */
export interface Code {
  createIncidents: typeof createIncidents;
  wakeDue: typeof wakeDue;
  repairAll: typeof repairAll;
  sampleAll: typeof sampleAll;
  createSetups: typeof createSetups;
  keepingEvidence: typeof keepingEvidence;
  memoryStore: typeof memoryStore;
}

/** The code as it is, without a fault. */
export const realCode: Code = {
  createIncidents,
  wakeDue,
  repairAll,
  sampleAll,
  createSetups,
  keepingEvidence,
  memoryStore,
};
