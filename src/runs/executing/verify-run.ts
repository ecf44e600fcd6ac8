import type { Verdict } from '../../core/action.ts';
import { messageOf } from '../../core/errors.ts';
import type { Run } from '../../core/run.ts';
import { commit } from '../commit.ts';
import { replaceOlder } from '../ending/endings.ts';
import { failedChecks } from '../refusal-text.ts';
import type { RunTools } from '../run-tools.ts';
import { withDeadline } from '../with-deadline.ts';
import { attest } from './attest.ts';
import { factsOf, undoOrFail } from './compensate-run.ts';
import type { Hands } from './run-step.ts';

/** Looks, more than once if need be, whether it worked, and ends the run accordingly. */
export async function verifyRun(tools: RunTools, run: Run, hands: Hands): Promise<void> {
  const verdict = await lookUntilGood(tools, hands);
  if (hands.lock.lost.aborted) return; // somebody else verifies it again
  if (!verdict.ok) {
    const why = `The checks afterwards do not pass: ${failedChecks(verdict)}.`;
    await undoOrFail(tools, run, hands, { why, verdict });
    return;
  }
  const before = hands.plan.facts.map(({ name, value }) => ({ name, value }));
  const attested = await attest(tools, hands, verdict);
  if (hands.lock.lost.aborted) return;
  const facts = { before, ...factsOf(attested) };
  const patch = { state: 'succeeded' as const, verdict: attested };
  const done = await commit(tools, run, { patch, event: 'succeeded', facts });
  if (done) await replaceOlder(tools, done);
}

async function lookUntilGood(tools: RunTools, hands: Hands): Promise<Verdict> {
  if (hands.plan.steps.length === 0) return nothingDone;
  let verdict = await look(tools, hands);
  for (const pause of tools.times.verifyPauses) {
    if (verdict.ok || hands.lock.lost.aborted) break;
    await tools.sleep(pause, hands.lock.lost);
    verdict = await look(tools, hands);
  }
  return verdict;
}

/** What was not done needs no proof. */
const nothingDone: Verdict = {
  ok: true,
  checks: [{ name: 'nothing to do', ok: true, seen: 'it was so already, and nothing was changed' }],
};

/** A look that could not be had is one that saw nothing good. */
async function look({ sleep, times }: RunTools, hands: Hands): Promise<Verdict> {
  const { action, plan, on, lock } = hands;
  try {
    return await withDeadline(sleep, times.verify, () => action.verify(plan, on), lock.lost);
  } catch (error) {
    return { ok: false, checks: [{ name: 'verification', ok: false, seen: messageOf(error) }] };
  }
}
