import { messageOf } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { Run } from '../core/run.ts';
import { whyGlassNoMore } from './break-glass.ts';
import { canonicalJson } from './canonical-json.ts';
import { commit } from './commit.ts';
import { groundFor, planOn } from './make-plan.ts';
import { approvalFor, requesterRoles } from './people.ts';
import { planDifferences } from './plan-differences.ts';
import { planCode } from './plan-hash.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Plans once more, under the lock and before anything is changed: only what was approved is done.
 * Otherwise the run ends as superseded, and says what is different.
 *
 * @returns whether the plan still is the one that was approved.
 */
export async function stillThePlan(tools: RunTools, run: Run): Promise<boolean> {
  const why = await whatIsDifferent(tools, run).catch(
    (error: unknown) => `It could not be planned again: ${messageOf(error)}.`,
  );
  if (why === null) return true;
  const patch = { state: 'superseded' as const, why: `${why} Nothing was done.` };
  await commit(tools, run, { patch, event: 'superseded' });
  return false;
}

async function whatIsDifferent(tools: RunTools, run: Run): Promise<string | null> {
  const ground = await groundFor(tools, run);
  if (!ground.ok) return `The target cannot do this any more: ${ground.error.needs.join(', ')}.`;
  const plan = await planOn(tools, ground.value, run);
  if (plan.hash !== run.plan?.hash) return differenceOf(run.plan, plan);
  if (run.parent !== null) return null;
  if (run.approval?.breakGlass) return whyGlassNoMore(tools, run);
  const needed = approvalFor(tools, run, plan, await requesterRoles(tools, run));
  return canonicalJson(needed) === canonicalJson(run.approval)
    ? null
    : 'Other approvals are needed for it now.';
}

const differenceOf = (old: Plan | null, now: Plan): string => {
  const differences = old ? planDifferences(old, now) : [];
  const seen = differences.length > 0 ? differences : ['the policy or the action has changed'];
  return `The plan would be another one now (${planCode(now)}): ${seen.join('; ')}.`;
};
