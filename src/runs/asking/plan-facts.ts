import type { ApprovalSet } from '../../core/approval.ts';
import type { Plan } from '../../core/plan.ts';

/** What the plan was made from: it is what everybody who asks “why” wants to read. */
export const planFacts = (plan: Plan, approval: ApprovalSet) => ({
  summary: plan.summary,
  risk: plan.risk,
  riskReasons: plan.riskReasons,
  approval: approval.name,
  before: Object.fromEntries(plan.facts.map(({ name, value }) => [name, value])),
  steps: plan.steps.map(({ does }) => does),
});
