import type { Verdict } from '../../core/action.ts';
import { messageOf } from '../../core/errors.ts';
import type { RunTools } from '../run-tools.ts';
import { withDeadline } from '../with-deadline.ts';
import type { Hands } from './run-step.ts';

/**
 * Lets what was proved be written down in the target, where the action does that. It is a change like any
 * other: under the lock, and not while all changes are stopped. The proof stands without it, and the verdict
 * says how it went.
 */
export async function attest(tools: RunTools, hands: Hands, verdict: Verdict): Promise<Verdict> {
  if (!hands.action.attest || hands.plan.steps.length === 0) return verdict;
  const said = await write(tools, hands).then(
    (seen) => ({ ok: true, seen }),
    (error: unknown) => ({ ok: false, seen: `it was not: ${messageOf(error)}` }),
  );
  return { ...verdict, checks: [...verdict.checks, { name: 'written down', ...said }] };
}

async function write(
  { sleep, times, stopped }: RunTools,
  { action, plan, on, lock }: Hands,
): Promise<string> {
  const stop = await stopped();
  if (stop !== null) throw new Error(stop);
  await lock.check();
  const work = async (signal: AbortSignal) => (await action.attest?.(plan, on, signal)) ?? '';
  return withDeadline(sleep, times.verify, work, lock.lost);
}
