import type { Plan, Step } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';
import { everyService } from '../../core/target.ts';
import type { RunPatch } from '../../core/transition.ts';
import { memberOf } from '../planning/everywhere-plan.ts';

/**
 * What the intent of a step fixes: from the first step on, what the plan does ends at its time, whatever
 * becomes of the run, and for all services on each from its own first step on.
 */
export function fixedEnd({ steps, ending }: Run, plan: Plan, { id }: Step): RunPatch {
  if (!plan.revert) return {};
  const first = steps.length === 0 ? { endsIn: plan.revert.after } : {};
  if (plan.target.service !== everyService) return first;
  const on = ending?.on ?? {};
  const service = memberOf(id);
  return Object.hasOwn(on, service) ? first : { ...first, endsOn: { ...on, [service]: null } };
}

/** What is fixed no more when it is certain that the step, its first one, has touched nothing. */
export function unfixedEnd({ steps, ending }: Run, { id }: Step): RunPatch {
  if (ending === null) return {};
  if (steps.length === 1) return { endsIn: null };
  if (!ending.on || steps.some((one) => one.id !== id && memberOf(one.id) === memberOf(id))) {
    return {};
  }
  const { [memberOf(id)]: _none, ...endsOn } = ending.on;
  return { endsOn };
}
