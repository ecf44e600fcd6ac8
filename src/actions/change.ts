import type { StepOutcome } from '../core/action.ts';
import { TargetError } from '../core/errors.ts';
import type { Step } from '../core/plan.ts';

/** The part of a step's time after which waiting is given up, so that there is still time to say how far it got. */
const share = 0.9;

/**
 * Carries out a step. What is known to have begun and not to have come to its end has failed, and may be
 * taken back. Everything else that is thrown is told by the runner: where nothing was done, nobody
 * else's change is taken back for our own.
 */
export async function carryOut(
  { timeout }: Pick<Step, 'timeout'>,
  signal: AbortSignal,
  seen: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<StepOutcome> {
  const shorter = AbortSignal.any([signal, AbortSignal.timeout(Math.floor(timeout * share))]);
  try {
    await work(shorter);
    return { kind: 'done', seen };
  } catch (error) {
    if (error instanceof TargetError && error.stuck) return { kind: 'failed', why: error.message };
    throw error;
  }
}
