import type { ApprovalSet } from '../core/approval.ts';
import type { ApprovalPolicy, ApprovalRule, Matching } from '../core/approval-policy.ts';
import type { Role } from '../core/person.ts';
import type { ActionRisk } from '../core/plan.ts';
import { everyService, type Target } from '../core/target.ts';
import { approvalSetFor } from './approval.ts';
import { strictest } from './at-least.ts';

/** What is asked for, by whom, as far as the policy has to know. */
export interface Case {
  action: string;
  risk: ActionRisk;
  target: Target;
  production: boolean;
  /** What the requester holds, of {@link rolesOfRules} at least. */
  roles: readonly Role[];
}

/**
 * What a request needs before it may be done: the first rule that matches says it, else its
 * environment. What is done to every service at once needs what the strictest of them asks for.
 */
export function neededApproval(policy: ApprovalPolicy, about: Case): ApprovalSet {
  if (about.target.service !== everyService) return neededBy(policy, about);
  const named = (policy.rules ?? []).flatMap(({ service = [] }) => service);
  const services = [...new Set([everyService, ...named])];
  return services
    .map((service) => neededBy(policy, { ...about, target: { ...about.target, service } }))
    .reduce(strictest);
}

function neededBy(policy: ApprovalPolicy, about: Case): ApprovalSet {
  const rule = policy.rules?.find((one) => applies(one, about));
  return rule?.set ?? usualApproval(policy, about);
}

/** What an environment asks for when no rule says anything else. */
export function usualApproval(
  policy: ApprovalPolicy,
  { risk, target, production }: Pick<Case, 'risk' | 'target' | 'production'>,
): ApprovalSet {
  const named = Object.entries(policy.environments ?? {}).find(([env]) => env === target.env);
  return named?.[1][risk] ?? approvalSetFor(policy, risk, production);
}

/** Whether a rule is about a request. */
export const applies = (rule: ApprovalRule, { risk, roles, ...about }: Case): boolean =>
  isAbout(rule, about) &&
  (rule.risk?.includes(risk) ?? true) &&
  (rule.role?.some((role) => roles.includes(role)) ?? true);

/** Whether what is left out or named covers this action on this target. */
export const isAbout = (
  { action, service, env }: Matching,
  about: { action: string; target: Target },
): boolean =>
  (action?.includes(about.action) ?? true) &&
  (service?.includes(about.target.service) ?? true) &&
  (env?.includes(about.target.env) ?? true);

/** The roles of a requester on which it depends what is needed. */
export const rolesOfRules = ({ rules = [] }: ApprovalPolicy): Role[] => [
  ...new Set(rules.flatMap(({ role = [] }) => role)),
];
