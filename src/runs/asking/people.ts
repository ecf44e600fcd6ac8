import type { ApprovalSet, Vote } from '../../core/approval.ts';
import type { Person, Role } from '../../core/person.ts';
import type { Plan } from '../../core/plan.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { type Question, questionOf } from '../../permissions/approval.ts';
import { strictest } from '../../permissions/at-least.ts';
import { neededApproval, rolesOfRules } from '../../permissions/needed-approval.ts';
import { plansIn } from '../planning/everywhere-plan.ts';
import { actionNamed } from '../planning/make-plan.ts';
import { type Touching, touchedBy } from '../planning/touched.ts';
import type { RunTools } from '../run-tools.ts';

/** How old a copy of somebody’s roles may be that a click relies on, in milliseconds. */
export const clickAge = 30_000;

/** The person with the roles they hold now, of those that are wanted, as far as a copy of that age tells. */
export async function verified(
  tools: RunTools,
  { id, team }: Pick<Person, 'id' | 'team'>,
  maxAge: number,
  roles?: readonly Role[],
): Promise<Result<Person, Extract<RunRefusal, { kind: 'not-verified' }>>> {
  const how = { maxAge, ...(roles && { roles }) };
  const standing = await tools.directory.standing(id, team, how);
  if (standing.kind === 'member') return ok(standing.person);
  return err({ kind: 'not-verified', why: standing.why });
}

/** The Slack user ids of those whom a run is about. */
export function aboutIn(tools: Pick<RunTools, 'actions'>, run: Run): readonly string[] {
  const { about } = actionNamed(tools, run.action);
  const plans = run.plan ? plansIn(run.plan) : [null];
  return about ? plans.flatMap((plan) => about(run.params, plan)) : [];
}

/** What is voted on; null while there is no plan. */
export const questionFor = (tools: RunTools, run: Run): Question | null =>
  questionOf(run, aboutIn(tools, run));

/** The votes of a person that are about the run’s plan. */
export const votesOf = ({ votes, plan }: Run, person: string): Vote[] =>
  votes.filter((vote) => vote.person === person && vote.planHash === plan?.hash);

/**
 * What the policy asks for before this may be done, when somebody with these roles wants it: the strictest of what
 * it asks for on each target that feels it.
 */
export function approvalFor(
  tools: Pick<RunTools, 'approvals' | 'isProduction' | 'actions' | 'dependedOn'>,
  about: Touching,
  { risk }: Pick<Plan, 'risk'>,
  roles: readonly Role[],
): ApprovalSet {
  const { action } = about;
  return touchedBy(tools, about)
    .map((target) => {
      const production = tools.isProduction(target);
      return neededApproval(tools.approvals(), { action, risk, target, production, roles });
    })
    .reduce(strictest);
}

/**
 * The roles of who asked on which it depends what is needed, as they were a moment ago.
 *
 * @throws when they cannot be looked up.
 */
export async function requesterRoles(
  { approvals, directory }: Pick<RunTools, 'approvals' | 'directory'>,
  { requestedBy: { id, team } }: Run,
): Promise<readonly Role[]> {
  const roles = rolesOfRules(approvals());
  if (roles.length === 0) return [];
  const standing = await directory.standing(id, team, { maxAge: clickAge, roles });
  if (standing.kind === 'member') return standing.person.roles;
  throw new Error('the roles of who asked for it cannot be looked up');
}
