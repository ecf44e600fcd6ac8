import type { ApprovalPolicy } from '../core/approval-policy.ts';

/** Whether there is anything in a policy that has to be approved with a one-time password. */
export function wantsStepUp(policy: ApprovalPolicy): boolean {
  const { production, elsewhere, environments = {}, rules = [] } = policy;
  const sets = [production, elsewhere, ...Object.values(environments)].flatMap((one) =>
    Object.values(one),
  );
  if (policy.breakGlass) return true;
  return [...sets, ...rules.map(({ set }) => set)].some(({ stepUp }) => stepUp !== undefined);
}
