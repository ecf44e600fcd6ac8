import { sql } from 'kysely';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { afterRealTime } from './after.ts';
import { startAnchorFile } from './anchor-file.ts';
import { bossJobs } from './boss-jobs.ts';
import type { Engine } from './engine.ts';
import type { AnchorCopying, Store } from './open-store.ts';
import { pruneIntake } from './prune-intake.ts';
import { startSealer } from './sealer.ts';
import { sqlAnchors } from './sql-anchors.ts';
import { sqlAudit } from './sql-audit.ts';
import { sqlBreakGlass } from './sql-break-glass.ts';
import { sqlClaims } from './sql-claims.ts';
import { sqlIntake } from './sql-intake.ts';
import { sqlKillSwitch } from './sql-kill-switch.ts';
import { sqlLocks } from './sql-locks.ts';
import { sqlNotes } from './sql-notes.ts';
import { sqlOutbox } from './sql-outbox.ts';
import { sqlRuns } from './sql-runs.ts';
import { sqlSecondFactors } from './sql-second-factors.ts';
import { sqlSuspensions } from './sql-suspensions.ts';
import { sqlTally } from './sql-tally.ts';

/** The store on top of an open database. */
export function storeOver(
  engine: Engine,
  log: Log,
  clock: Pick<Clock, 'monotonic'>,
  anchors: AnchorCopying = { channel: null, file: null },
): Store {
  const { kind, db, lanes } = engine;
  const jobs = bossJobs(engine, log);
  jobs.declare(pruneIntake(db));
  const { added, ...outbox } = sqlOutbox(engine);
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
    killSwitch: sqlKillSwitch(db),
    tally: sqlTally(db),
    notes: sqlNotes(engine),
    anchors: sqlAnchors(db),
    suspensions: sqlSuspensions(db),
    secondFactors: sqlSecondFactors(db),
    breakGlass: sqlBreakGlass(engine),
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
