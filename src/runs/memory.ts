import type { Run } from '../core/run.ts';

/** What this process knows of runs besides the database. */
export interface Memory {
  /** Whether this process is working on the run at this moment. */
  isBusy(id: string): boolean;
  /** Begins to work on a run that is approved or was left behind, if this process takes on new ones. */
  begin(id: string): void;
  /** Why it could not begin the last time. */
  heldBy(id: string): string | null;
  /** For how long, in milliseconds of the monotonic clock, this process has seen it in this version. */
  unchangedFor(run: Run): number;
  /** Forgets all others. */
  keepOnly(runs: readonly Run[]): void;
}
