import type { ApprovalPolicy, Escalator } from '../core/approval-policy.ts';
import type { ActionRisk, Draft, PlanFact } from '../core/plan.ts';
import { risks } from '../core/risk.ts';
import { everyService, type Target, targetName } from '../core/target.ts';
import { isAbout } from './needed-approval.ts';

/** What is planned, by which action, on what. */
export interface Planned {
  action: string;
  /** The least risk that the action can have. */
  baseRisk: ActionRisk;
  target: Target;
}

/**
 * The draft with the risk that the policy gives it: never less than the action and the draft say, and
 * as much more as an escalator says whose condition its facts meet.
 */
export function raiseRisk(draft: Draft, planned: Planned, policy: ApprovalPolicy): Draft {
  const found = (policy.escalators ?? []).filter((one) => meets(one, draft, planned));
  const told = higher(draft.risk, planned.baseRisk);
  const risk = found.map(({ to }) => to).reduce(higher, told);
  const reasons = found
    .filter(({ to }) => higher(to, told) !== told)
    .map((one) => `${reasonOf(one, draft, planned)} (an escalator of the policy).`);
  if (risk === draft.risk) return draft;
  return { ...draft, risk, riskReasons: [...draft.riskReasons, ...new Set(reasons)] };
}

const higher = (one: ActionRisk, other: ActionRisk): ActionRisk =>
  risks.indexOf(one) >= risks.indexOf(other) ? one : other;

function meets(escalator: Escalator, draft: Draft, planned: Planned): boolean {
  const { service, ...rest } = escalator;
  const everywhere = planned.target.service === everyService;
  if (!isAbout(everywhere || service === undefined ? rest : { ...rest, service }, planned)) {
    return false;
  }
  if (escalator.irreversible && draft.undo.possible) return false;
  return escalator.fact === undefined || factFor(escalator.fact, draft, planned) !== undefined;
}

/**
 * The fact that an escalator means. A figure that cannot be read counts as too high; a fact that is not
 * there counts for nothing. In a plan for all services each fact has its service before its name.
 */
function factFor(
  { name, over, is }: NonNullable<Escalator['fact']>,
  { facts }: Draft,
  { target }: Planned,
): PlanFact | undefined {
  const everywhere = target.service === everyService;
  return facts
    .filter((fact) => fact.name === name || (everywhere && fact.name.endsWith(`: ${name}`)))
    .find(({ value }) => {
      if (is !== undefined && value !== is) return false;
      return over === undefined || !(figureOf(value) <= over);
    });
}

/** The figure a fact begins with: `1,204 users` is 1204. */
const figureOf = (value: string): number => {
  const [figure] = /^\d[\d,' ]*(?:\.\d+)?/.exec(value.trim()) ?? [];
  return figure === undefined ? Number.NaN : Number(figure.replace(/[,' ]/g, ''));
};

function reasonOf({ fact, irreversible }: Escalator, draft: Draft, planned: Planned) {
  if (fact) {
    const { name, value } = factFor(fact, draft, planned) ?? { name: fact.name, value: '' };
    return `${name}: ${value}`;
  }
  return irreversible ? 'It cannot be undone' : `It is about ${targetName(planned.target)}`;
}
