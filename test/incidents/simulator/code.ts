import { createSend } from '../../../src/bot/outbox/outbox-send.ts';
import { watchRooms } from '../../../src/gatehouse/watch-rooms.ts';
import { createSlackGuard } from '../../../src/incidents/calling/slack-guard.ts';
import { createSetups } from '../../../src/incidents/channel/setups.ts';
import { createIncidents } from '../../../src/incidents/create-incidents.ts';
import { wakeDue } from '../../../src/incidents/keeping/incident-worker.ts';
import { keepingEvidence } from '../../../src/incidents/keeping/keep-evidence.ts';
import { repairAll } from '../../../src/incidents/keeping/repair-all.ts';
import { vacating } from '../../../src/incidents/keeping/vacate.ts';
import { sampleAll } from '../../../src/incidents/watching/sampler.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';

/** The code as it is, without a fault. */
export const realCode = {
  createIncidents,
  createSend,
  createSetups,
  createSlackGuard,
  keepingEvidence,
  memoryStore,
  repairAll,
  sampleAll,
  vacating,
  wakeDue,
  watchRooms,
};

/** The code under test: the real one, or one with a fault in it. */
export type Code = typeof realCode;
