import { messageOf } from '../../core/errors.ts';
import type { Plan } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';
import { withoutOwnWord } from '../../permissions/approval.ts';
import { whyGlassNoMore } from '../asking/break-glass.ts';
import { approvalFor, requesterRoles } from '../asking/people.ts';
import { commit } from '../commit.ts';
import { canonicalJson } from '../planning/canonical-json.ts';
import { groundFor, planOn } from '../planning/make-plan.ts';
import { planDifferences } from '../planning/plan-differences.ts';
import { planCode } from '../planning/plan-hash.ts';
import type { RunTools } from '../run-tools.ts';

/**
 * Plans once more, under the lock and before anything is changed: only what was approved is done.
 * Otherwise the run ends as superseded, and says what is different.
 *
 * @returns whether the plan still is the one that was approved.
 */
export async function stillThePlan(tools: RunTools, run: Run): Promise<boolean> {
  const found = await whatIsDifferent(tools, run).catch(
    (error: unknown): Difference => ({
      why: `It could not be planned again: ${messageOf(error)}.`,
    }),
  );
  if (found === null) return true;
  const { why, newPlan } = found;
  const said = { why: `${why} Nothing was done.`, ...(newPlan && { newPlan }) };
  await commit(tools, run, {
    patch: { state: 'superseded', ...said },
    event: 'superseded',
    ...(newPlan && { facts: { newPlan: newPlan.hash } }),
  });
  return false;
}

/** Why it is not done as it was approved, and what could be asked for instead. */
interface Difference {
  why: string;
  newPlan?: Plan;
}

async function whatIsDifferent(tools: RunTools, run: Run): Promise<Difference | null> {
  const ground = await groundFor(tools, run);
  if (!ground.ok) {
    const { needs, why = needs.join(', ') } = ground.error;
    return { why: `The target cannot do this any more: ${why}.` };
  }
  const plan = await planOn(tools, ground.value, run);
  if (plan.hash !== run.plan?.hash) return { why: differenceOf(run.plan, plan), newPlan: plan };
  if (run.parent !== null) return null;
  if (run.approval?.breakGlass) {
    const why = await whyGlassNoMore(tools, run);
    return why === null ? null : { why, newPlan: plan };
  }
  const usual = approvalFor(tools, run, plan, await requesterRoles(tools, run));
  const needed = run.approval?.ownWord ? withoutOwnWord(usual, plan.risk) : usual;
  return canonicalJson(needed) === canonicalJson(run.approval)
    ? null
    : { why: 'Other approvals are needed for it now.', newPlan: plan };
}

const differenceOf = (old: Plan | null, now: Plan): string => {
  const differences = old ? planDifferences(old, now) : [];
  const seen = differences.length > 0 ? differences : ['the policy or the action has changed'];
  return `The plan would be another one now (${planCode(now)}): ${seen.join('; ')}.`;
};
