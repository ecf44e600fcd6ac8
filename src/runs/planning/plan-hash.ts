import { createHash } from 'node:crypto';
import type { Json } from '../../core/json.ts';
import type { Draft, Plan } from '../../core/plan.ts';
import type { Target } from '../../core/target.ts';
import { canonicalJson } from './canonical-json.ts';

/** What makes a draft a plan: what it is for, and the policy it was made under. */
export interface PlanOrigin {
  action: string;
  version: number;
  target: Target;
  params: Json;
  policyVersion: string;
}

/** How much of the hash people see and buttons carry, in characters. */
export const planCodeLength = 8;

/** What people see of a plan’s hash. */
export const planCode = ({ hash }: Pick<Plan, 'hash'>): string => hash.slice(0, planCodeLength);

/** The SHA-256, in hex, of all that an approval is for. Facts that are not material do not change it. */
export function planHash(draft: Draft, origin: PlanOrigin): string {
  const { action, version, target, params, policyVersion } = origin;
  const { steps, risk, undo, revert = null } = draft;
  const facts = draft.facts.filter(({ material }) => material);
  const subject = { action, version, target, params, policyVersion };
  const text = canonicalJson({ ...subject, facts, steps, risk, undo, revert });
  return createHash('sha256').update(text).digest('hex');
}

/** The draft as a plan that can be approved. */
export function sealPlan(draft: Draft, origin: PlanOrigin): Plan {
  const { action, version, target, params, policyVersion } = origin;
  return {
    ...draft,
    action,
    version,
    target,
    params,
    policyVersion,
    hash: planHash(draft, origin),
  };
}
