import type { Lock } from '../../core/locks.ts';
import type { Run } from '../../core/run.ts';
import { targetLimit } from '../asking/check-limits.ts';
import { heldByClaim } from '../asking/run-claims.ts';
import { windowAtClaim } from '../asking/run-window.ts';
import { commit } from '../commit.ts';
import { limitText } from '../refusal-text.ts';
import type { RunTools } from '../run-tools.ts';
import { recheck, whatStops } from '../voting/recheck.ts';
import { lockFor, whoIsInTheWay } from './run-lock.ts';

/** Why a run cannot begin for the moment. */
export interface Held {
  why: string;
  /** Whether it is worth trying again every second: only where that asks nobody but the database. */
  soon: boolean;
}

/** What became of trying to begin. `over` when there is nothing to begin any more. */
export type Claim =
  | { kind: 'claimed'; run: Run; lock: Lock }
  | { kind: 'not-now'; held: Held }
  | { kind: 'over' };

/**
 * Takes the lock on the target, looks again whether the approval still counts, and claims the run
 * within the approval’s validity. Whatever is in the way for the moment leaves the run approved.
 */
export async function claimRun(tools: RunTools, run: Run): Promise<Claim> {
  const stop = await whatStops(tools); // what waits for it takes no lock every second
  if (stop !== null) return { kind: 'not-now', held: { why: stop, soon: true } };
  const claimed = await heldByClaim(tools, run);
  if (claimed !== null) return { kind: 'not-now', held: { why: claimed, soon: true } };
  const lock = await lockFor(tools, run);
  if (!('fence' in lock)) {
    const why = await whoIsInTheWay(tools, run, lock);
    return { kind: 'not-now', held: { why, soon: true } };
  }
  const claim = await under(tools, run, lock).catch((error: unknown) => ({ error }));
  if ('error' in claim) {
    await lock.release();
    throw claim.error;
  }
  if (claim.kind !== 'claimed') await lock.release();
  return claim;
}

async function under(tools: RunTools, run: Run, lock: Lock): Promise<Claim> {
  const kept = await heldByClaim(tools, run); // whoever claims it from now on sees who has the lock
  if (kept !== null) return { kind: 'not-now', held: { why: kept, soon: true } };
  const full = await targetLimit(tools, run);
  if (full) {
    const why = limitText(full, full.target);
    return { kind: 'not-now', held: { why, soon: false } };
  }
  const may = (await windowAtClaim(tools, run, lock.at)) ?? (await recheck(tools, run));
  if (may.kind === 'not-now') {
    return { kind: 'not-now', held: { why: may.why, soon: may.soon ?? false } };
  }
  if (may.kind === 'never') {
    const patch = { state: 'denied' as const, why: may.why };
    await commit(tools, run, { patch, event: 'denied' });
    return { kind: 'over' };
  }
  const { fence } = lock;
  const claimed = await commit(tools, run, {
    patch: { state: 'claimed', fence, ...(run.why !== null && { why: null }) },
    event: 'claimed',
    facts: { fence, roles: may.roles },
    before: 'validUntil',
  });
  return claimed ? { kind: 'claimed', run: claimed, lock } : { kind: 'not-now', held: late };
}

const late: Held = { why: 'Its approval ran out, or somebody changed it.', soon: true };
