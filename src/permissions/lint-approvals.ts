import type { ApprovalSet } from '../core/approval.ts';
import type { ApprovalPolicy } from '../core/approval-policy.ts';
import type { Role } from '../core/person.ts';
import type { ActionRisk } from '../core/plan.ts';
import type { Policy } from '../core/policy.ts';
import { approverRoles, needsNothing } from './approval.ts';
import { fills, type Voter } from './matching.ts';

/** Who may ask for anything that changes something: without such a rule approvals are never needed. */
const readingOnly = /^risk:read(-sensitive)?$/;

/**
 * What is wrong with the approvals of a configuration file, a sentence each: a role that nobody
 * holds, a set that nobody can fill, and one of production that the requester could fill alone. With
 * any of them Gatehouse must not start. A user group counts as people enough: only Slack knows them.
 *
 * @param queries the commands that only read; a rule that allows nothing else needs no approval.
 */
export function lintApprovals(
  approvals: ApprovalPolicy,
  policy: Policy,
  queries: readonly string[] = [],
): string[] {
  const changes = policy.grants.some(({ allow }) =>
    allow.some((pattern) => !readingOnly.test(pattern) && !queries.includes(pattern)),
  );
  if (!changes) return [];
  const sets = (['production', 'elsewhere'] as const).flatMap((where) =>
    (['low', 'high', 'destructive'] as const).map((risk) => {
      const set = approvals[where][risk];
      return { where, risk, set, place: `approvals for ${risk} risk ${places[where]}` };
    }),
  );
  const found = sets.flatMap(({ where, risk, set, place }) => [
    ...unheld(set, policy).map((role) => `${place}: nobody holds the role ${role}.`),
    ...(canBeFilled(set, policy)
      ? []
      : [`${place}: there are not enough people to fill “${set.name}”.`]),
    ...(where === 'production' && isAlone(risk, set)
      ? [`${place}: “${set.name}” asks nobody but the requester; name at least one other role.`]
      : []),
  ]);
  return [...new Set(found)];
}

const places = { production: 'in production', elsewhere: 'outside of production' } as const;

const membersOf = (role: Role, { roles }: Policy): readonly string[] => roles[role]?.members ?? [];

const unheld = (set: ApprovalSet, policy: Policy): Role[] =>
  approverRoles(set).filter((role) => membersOf(role, policy).length === 0);

const isAlone = (risk: ActionRisk, set: ApprovalSet): boolean =>
  risk !== 'low' && (set.requesterConfirms || needsNothing(set));

function canBeFilled(set: ApprovalSet, policy: Policy): boolean {
  const most = set.slots.reduce((sum, { n }) => sum + n, 0);
  const rolesOf = new Map<string, Role[]>();
  for (const role of approverRoles(set)) {
    for (const member of membersOf(role, policy)) {
      rolesOf.set(member, [...(rolesOf.get(member) ?? []), role]);
    }
  }
  const voters = [...rolesOf].flatMap(([member, roles]): Voter[] =>
    Array.from({ length: member.startsWith('group:') ? most : 1 }, (_, copy) => ({
      person: `${member}/${copy}`,
      roles,
    })),
  );
  return fills(set.slots, voters);
}
