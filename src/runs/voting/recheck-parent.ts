import type { Plan } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';
import { type Target, targetName } from '../../core/target.ts';
import { endedAt, endsAt } from '../ending/ending-places.ts';
import { canonicalJson } from '../planning/canonical-json.ts';
import { plansIn } from '../planning/everywhere-plan.ts';
import { planHash } from '../planning/plan-hash.ts';
import type { RunTools } from '../run-tools.ts';

/**
 * Why a run that nobody voted on may not begin; null when the run it undoes was begun, with a plan that
 * says exactly this, and what that one did has not ended otherwise.
 */
export async function whyNotCovered(tools: RunTools, run: Run): Promise<string | null> {
  const parent = run.parent === null ? null : await tools.runs.find(run.parent);
  if (!parent) return 'The run that it should undo is not there. Nothing was done.';
  const { plan, ending } = parent;
  if (ending === null || plan === null) return `${parent.id} did nothing that ends.${nothing}`;
  if (endedAt(parent, run.target)) return `What ${parent.id} did has ended already.${nothing}`;
  if (run.createdAt < ending.at) return `What ${parent.id} did does not end yet.${nothing}`;
  if (!isWhole(plan)) return `The plan of ${parent.id} is not the one that was approved.${nothing}`;
  return saysSo(parent, plan, run) ? null : `The plan of ${parent.id} does not say that.${nothing}`;
}

const nothing = ' Nothing was done.';

/** Whether its hash still is the hash of what it says. */
function isWhole(plan: Plan): boolean {
  const { policyVersion } = plan;
  return policyVersion !== undefined && planHash(plan, { ...plan, policyVersion }) === plan.hash;
}

function saysSo(parent: Run, plan: Plan, run: Run): boolean {
  const { action, params } = plan.revert ?? {};
  return (
    endsAt(parent, run.target) &&
    isPlanned(plan, run.target) &&
    canonicalJson({ action, params }) === canonicalJson({ action: run.action, params: run.params })
  );
}

/** Whether its plan has something to do there: for all services, on that one. */
const isPlanned = (plan: Plan, place: Target): boolean =>
  plansIn(plan).some(({ target }) => targetName(target) === targetName(place));
