import type { Clock } from '../../core/clock.ts';
import type { PaceLimits } from '../../core/pace.ts';
import type { Run } from '../../core/run.ts';
import { type After, afterRealTime } from '../after.ts';
import type { Store } from '../open-store.ts';
import { memoryAnchors } from './memory-anchors.ts';
import { memoryAudit } from './memory-audit.ts';
import { memoryBreakGlass } from './memory-break-glass.ts';
import { memoryClaims } from './memory-claims.ts';
import { memoryIncidentFigures } from './memory-incident-figures.ts';
import { memoryIncidents } from './memory-incidents.ts';
import { memoryIntake } from './memory-intake.ts';
import { type MemoryJobs, memoryJobs } from './memory-jobs.ts';
import { memoryKillSwitch } from './memory-kill-switch.ts';
import { memoryLateTimers } from './memory-late-timers.ts';
import { memoryLocks } from './memory-locks.ts';
import { memoryLog } from './memory-log.ts';
import { memoryNotes } from './memory-notes.ts';
import { memoryOutbox } from './memory-outbox.ts';
import { memoryPace } from './memory-pace.ts';
import { memoryIncidentSamples, memoryPresence } from './memory-presence.ts';
import { memoryRuns } from './memory-runs.ts';
import { memorySecondFactors } from './memory-second-factors.ts';
import { memorySuspensions } from './memory-suspensions.ts';
import { memoryTally } from './memory-tally.ts';

/** Whose time a store in memory keeps. */
export interface MemoryTime {
  clock: Clock;
  /** How time that passes is noticed; real time without it. */
  after?: After;
  /** The pace of Slack's methods; none without it. */
  pace?: PaceLimits;
}

/** A store that can be closed and opened again, and then has what it had. */
export interface MemoryStore extends Store {
  jobs: MemoryJobs;
}

/** A store that lives as long as the process: for tests and simulations. Nothing in it waits for anything. */
export function memoryStore({
  clock,
  after = afterRealTime,
  pace: limits,
}: MemoryTime): MemoryStore {
  const log = memoryLog();
  const pace = memoryPace(clock, limits);
  const outbox = memoryOutbox(clock, pace);
  const jobs = memoryJobs(clock, after);
  const intake = memoryIntake(clock);
  const runs = new Map<string, Run>();
  const began = new Map<string, number>();
  const presence = memoryPresence(clock);
  const incidents = memoryIncidents({ clock, log, outbox, intake });
  return {
    kind: 'embedded',
    intake,
    jobs,
    runs: memoryRuns({ runs, began, clock, log, outbox, jobs, intake }),
    audit: memoryAudit(log),
    claims: memoryClaims(clock, log, outbox),
    locks: memoryLocks(clock, after),
    outbox,
    pace,
    killSwitch: memoryKillSwitch(clock, log),
    tally: memoryTally({ clock, runs, began }),
    notes: memoryNotes(clock, log),
    anchors: memoryAnchors(log),
    suspensions: memorySuspensions(clock, log),
    secondFactors: memorySecondFactors(clock, log),
    breakGlass: memoryBreakGlass(clock, log, outbox),
    incidents,
    incidentFigures: memoryIncidentFigures({ clock, log, incidents }),
    incidentSamples: memoryIncidentSamples(),
    presence,
    lateTimers: memoryLateTimers({ clock, incidents, presence, outbox }),
    ping: async () => {},
    close: async () => jobs.close(),
  };
}
