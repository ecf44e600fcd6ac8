import { describe } from 'vitest';
import { memoryStore } from '../../src/store/memory-store.ts';
import { anchorsContract } from '../contracts/anchors.ts';
import { auditContract } from '../contracts/audit.ts';
import { breakGlassContract } from '../contracts/break-glass.ts';
import { endingsContract } from '../contracts/endings.ts';
import { heldIntakeContract } from '../contracts/held-intake.ts';
import { killSwitchContract } from '../contracts/kill-switch.ts';
import { locksContract } from '../contracts/locks.ts';
import { notesContract } from '../contracts/notes.ts';
import { outboxContract } from '../contracts/outbox.ts';
import { runsContract } from '../contracts/runs.ts';
import { secondFactorContract } from '../contracts/second-factor.ts';
import { suspensionsContract } from '../contracts/suspensions.ts';
import { tallyContract } from '../contracts/tally.ts';
import { realClock } from '../support/clock.ts';

let passed = 0;
const clock = { now: () => realClock.now() + passed, monotonic: realClock.monotonic };
const store = memoryStore({ clock });
const pass = async (ms: number) => {
  passed += ms;
};
const setUp = () => ({ store, pass });

describe('runs', () => runsContract(setUp));
describe('held intake', () => heldIntakeContract(setUp));
describe('tally', () => tallyContract(setUp));
describe('endings', () => endingsContract(setUp));
describe('audit', () => auditContract(setUp));
describe('outbox', () => outboxContract(setUp));
describe('kill switch', () => killSwitchContract(setUp));
describe('suspensions', () => suspensionsContract(setUp));
describe('break-glass', () => breakGlassContract(setUp));
describe('second factor', () => secondFactorContract(setUp));
describe('notes', () => notesContract(setUp));
describe('anchors', () => anchorsContract(setUp));
describe('locks', () => locksContract(() => ({ locks: store.locks, passUnnoticed: pass })));
