import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Engine } from '../../src/store/database/engine.ts';
import { bossJobs, type RunningJobs } from '../../src/store/jobs/boss-jobs.ts';
import type { Store } from '../../src/store/open-store.ts';
import { sqlOutbox } from '../../src/store/outbox/sql-outbox.ts';
import { sqlPace } from '../../src/store/outbox/sql-pace.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { stillClock } from '../support/clock.ts';
import { passIn, standStill } from '../support/database-time.ts';
import { quietLog } from '../support/quiet-log.ts';
import { anchorsContract } from './anchors.ts';
import { auditContract } from './audit.ts';
import { breakGlassContract } from './break-glass.ts';
import { claimsContract } from './claims.ts';
import { endingsContract } from './endings.ts';
import { engineContract } from './engine.ts';
import { forgettingContract } from './forgetting.ts';
import { heldIntakeContract } from './held-intake.ts';
import { incidentAsleepContract } from './incident-asleep.ts';
import { incidentDuplicatesContract } from './incident-duplicates.ts';
import { incidentFiguresContract } from './incident-figures.ts';
import { incidentHoldsContract } from './incident-holds.ts';
import { incidentMessagesContract } from './incident-messages.ts';
import { incidentSamplesContract } from './incident-samples.ts';
import { incidentsContract } from './incidents.ts';
import { intakeContract } from './intake.ts';
import { jobsContract } from './jobs.ts';
import { killSwitchContract } from './kill-switch.ts';
import { lateTimersContract } from './late-timers.ts';
import { locksContract } from './locks.ts';
import { notesContract } from './notes.ts';
import { outboxContract } from './outbox.ts';
import { paceContract, paceLimits } from './pace.ts';
import { presenceContract } from './presence.ts';
import { runsContract } from './runs.ts';
import { secondFactorContract } from './second-factor.ts';
import { suspensionsContract } from './suspensions.ts';
import { tallyContract } from './tally.ts';
import { tamperingContract } from './tampering.ts';

/**
 * What the store must do over every database. `open` opens one that this suite closes; `owner` is the
 * same as its owner has it, when whoever has opened it may not do everything.
 */
export function storeContract(open: () => Promise<Engine>, owner?: () => Engine) {
  const asOwner = () => owner?.() ?? engine;
  let engine: Engine;
  let store: Store;
  let jobs: RunningJobs;

  beforeAll(async () => {
    engine = await open();
    store = storeOver(engine, quietLog, stillClock());
    jobs = bossJobs(engine, quietLog, { cronSeconds: 1 });
  });
  afterAll(async () => {
    await jobs?.close();
    await store?.close();
  });

  describe('engine', () => {
    engineContract(asOwner);
    afterAll(() => standStill(asOwner())); // a machine that stands still would let leases end
  });

  describe('intake', () => intakeContract(() => store.intake));
  describe('forgetting', () => forgettingContract(asOwner));
  describe('jobs', () => jobsContract(() => ({ jobs, transact: engine.transact })));

  const setUp = () => ({ store, pass: (ms: number) => passIn(asOwner(), ms) });
  describe('runs', () => runsContract(setUp));
  describe('held intake', () => heldIntakeContract(setUp));
  describe('tally', () => tallyContract(setUp));
  describe('endings', () => endingsContract(setUp));
  describe('audit', () => auditContract(setUp));
  describe('outbox', () => outboxContract(setUp));
  const bot = () => ({
    outbox: sqlOutbox(engine, paceLimits),
    pace: sqlPace(engine.db, paceLimits),
  });
  describe('pace', () => {
    beforeAll(() => standStill(asOwner()));
    paceContract(() => ({ ...setUp(), bots: [bot(), bot()] }));
  });
  describe('incidents', () => incidentsContract(setUp));
  describe('incident duplicates', () => incidentDuplicatesContract(setUp));
  describe('incidents that nobody would wake', () =>
    incidentAsleepContract(() => ({ store, owner: asOwner() })));
  describe('incident holds', () => incidentHoldsContract(setUp));
  describe('incident messages', () => incidentMessagesContract(setUp));
  describe('incident samples', () => incidentSamplesContract(setUp));
  describe('figures over incidents', () => incidentFiguresContract(setUp));
  describe('presence', () => presenceContract(setUp));
  describe('late timers', () => lateTimersContract(setUp));
  describe('kill switch', () => killSwitchContract(setUp));
  describe('claims', () => claimsContract(setUp));
  describe('suspensions', () => suspensionsContract(setUp));
  describe('break-glass', () => breakGlassContract(setUp));
  describe('second factor', () => secondFactorContract(setUp));
  describe('notes', () => notesContract(setUp));
  describe('anchors', () => anchorsContract(setUp));
  describe('locks', () =>
    locksContract(() => ({ locks: store.locks, passUnnoticed: (ms) => passIn(asOwner(), ms) })));

  describe('tampering', () => tamperingContract(() => ({ store, engine: asOwner() })));

  test('answers when it is asked', async () => {
    await store.ping();
  });

  test('its own jobs are taken', async () => {
    await store.jobs.ready();
    const prune = { queue: 'prune-intake', subject: 'prune-intake', version: 0, dueAt: null };
    await store.jobs.enqueue(prune);
  });
}
