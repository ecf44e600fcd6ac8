import { sql } from 'kysely';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { afterRealTime } from './after.ts';
import { startAnchorFile } from './audit/anchor-file.ts';
import { startSealer } from './audit/sealer.ts';
import { sqlAnchors } from './audit/sql-anchors.ts';
import { sqlAudit } from './audit/sql-audit.ts';
import { sqlNotes } from './audit/sql-notes.ts';
import type { Engine } from './database/engine.ts';
import { sqlIncidentFigures } from './incident/sql-incident-figures.ts';
import { sqlIncidentSamples } from './incident/sql-incident-samples.ts';
import { sqlIncidents } from './incident/sql-incidents.ts';
import { sqlLateTimers } from './incident/sql-late-timers.ts';
import { sqlPresence } from './incident/sql-presence.ts';
import { pruneIntake } from './intake/prune-intake.ts';
import { sqlIntake } from './intake/sql-intake.ts';
import { bossJobs } from './jobs/boss-jobs.ts';
import { sqlClaims } from './locks/sql-claims.ts';
import { sqlLocks } from './locks/sql-locks.ts';
import type { Store, StoreOptions } from './open-store.ts';
import { sqlOutbox } from './outbox/sql-outbox.ts';
import { sqlPace } from './outbox/sql-pace.ts';
import { sqlBreakGlass } from './people/sql-break-glass.ts';
import { sqlKillSwitch } from './people/sql-kill-switch.ts';
import { sqlSecondFactors } from './people/sql-second-factors.ts';
import { sqlSuspensions } from './people/sql-suspensions.ts';
import { sqlRuns } from './run/sql-runs.ts';
import { sqlTally } from './run/sql-tally.ts';

/** The store on top of an open database. */
export function storeOver(
  engine: Engine,
  log: Log,
  clock: Pick<Clock, 'monotonic'>,
  {
    anchors = { channel: null, file: null },
    pace = {},
  }: Pick<StoreOptions, 'anchors' | 'pace'> = {},
): Store {
  const { kind, db, lanes } = engine;
  const jobs = bossJobs(engine, log);
  jobs.declare(pruneIntake(db));
  const { added, ...outbox } = sqlOutbox(engine, pace);
  const sealer = startSealer(engine, log, anchors.channel);
  const filing = anchors.file === null ? null : startAnchorFile(engine, anchors.file, log);
  return {
    kind,
    intake: sqlIntake(db, lanes),
    jobs,
    runs: sqlRuns({ engine, jobs, added }),
    audit: sqlAudit(db),
    claims: sqlClaims(engine),
    locks: sqlLocks(db, { clock, after: afterRealTime }),
    outbox,
    pace: sqlPace(db, pace),
    killSwitch: sqlKillSwitch(db),
    tally: sqlTally(db),
    notes: sqlNotes(engine),
    anchors: sqlAnchors(db),
    suspensions: sqlSuspensions(db),
    secondFactors: sqlSecondFactors(db),
    breakGlass: sqlBreakGlass({ ...engine, added }),
    incidents: sqlIncidents({ engine, added }),
    incidentSamples: sqlIncidentSamples(db),
    incidentFigures: sqlIncidentFigures(db),
    presence: sqlPresence(db),
    lateTimers: sqlLateTimers(db, added),
    ping: async () => {
      await sql`select gatehouse_now()`.execute(db);
    },
    close: async () => {
      await Promise.all([sealer.stop(), filing?.stop()]);
      await jobs.close();
      await engine.close();
    },
  };
}
