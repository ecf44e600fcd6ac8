import { createOutboxSender } from '../../../src/bot/outbox/outbox-sender.ts';
import { createDeliveries } from '../../../src/bot/receiving/deliveries.ts';
import { createDispatcher } from '../../../src/bot/receiving/dispatcher.ts';
import { watchLeftBehind } from '../../../src/bot/receiving/left-behind.ts';
import { TargetError } from '../../../src/core/errors.ts';
import { drawRuns } from '../../../src/gatehouse/draw-runs.ts';
import { refuseSecondAccounts } from '../../../src/gatehouse/second-accounts.ts';
import { tellLeftBehind } from '../../../src/handlers/runs/tell-left-behind.ts';
import { createRunner } from '../../../src/runs/create-runner.ts';
import { whyStopped } from '../../../src/runs/why-stopped.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import type { Code } from './truth.ts';

/** The code as it is, without a fault. */
export const realCode: Code = {
  createRunner,
  TargetError,
  whyStopped,
  memoryStore,
  refuseSecondAccounts,
  createDeliveries,
  createDispatcher,
  watchLeftBehind,
  tellLeftBehind,
  createOutboxSender,
  drawRuns,
};
