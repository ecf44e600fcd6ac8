import { messageOf } from '../../core/errors.ts';
import type { Lock } from '../../core/locks.ts';
import type { Run } from '../../core/run.ts';
import { claimRun, type Held } from '../claiming/claim-run.ts';
import { stillThePlan } from '../claiming/replan.ts';
import { groundFor } from '../planning/make-plan.ts';
import type { RunTools } from '../run-tools.ts';
import { executeRun } from './execute-run.ts';
import type { Hands } from './run-step.ts';
import { verifyRun } from './verify-run.ts';

/**
 * Takes an approved run to its end, if it can begin now.
 *
 * @returns why it cannot begin for the moment; null when there is nothing left to begin.
 */
export async function driveRun(tools: RunTools, run: Run): Promise<Held | null> {
  const claim = await claimRun(tools, run);
  if (claim.kind === 'not-now') return claim.held;
  if (claim.kind === 'over') return null;
  await holding(tools, claim.lock, async () => {
    if (!(await stillThePlan(tools, claim.run))) return;
    const hands = await handsFor(tools, claim.run, claim.lock);
    const done = await executeRun(tools, claim.run, hands);
    if (done) await verifyRun(tools, done, hands);
  });
  return null;
}

/** Lets go of the target afterwards, whatever happens; a lock that cannot be given back runs out. */
export async function holding(
  { log }: RunTools,
  lock: Lock,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } finally {
    await lock.release().catch((error: unknown) => {
      log.warn({ why: messageOf(error) }, 'A lock was not given back; it runs out by itself');
    });
  }
}

/** @throws {Error} when the run has no plan or its target lacks a capability. */
export async function handsFor(tools: RunTools, run: Run, lock: Lock): Promise<Hands> {
  const ground = await groundFor(tools, run);
  if (!ground.ok || !run.plan) throw new Error(`${run.id} cannot be worked on any more`);
  return { ...ground.value, plan: run.plan, lock };
}
