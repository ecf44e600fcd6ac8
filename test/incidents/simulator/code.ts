import { createSend } from '../../../src/bot/outbox-send.ts';
import { watchRooms } from '../../../src/gatehouse/watch-rooms.ts';
import { createIncidents } from '../../../src/incidents/create-incidents.ts';
import { wakeDue } from '../../../src/incidents/incident-worker.ts';
import { keepingEvidence } from '../../../src/incidents/keep-evidence.ts';
import { repairAll } from '../../../src/incidents/repair-all.ts';
import { sampleAll } from '../../../src/incidents/sampler.ts';
import { createSetups } from '../../../src/incidents/setups.ts';
import { createSlackGuard } from '../../../src/incidents/slack-guard.ts';
import { vacating } from '../../../src/incidents/vacate.ts';
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
