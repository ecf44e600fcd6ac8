import { lintBreakGlass } from './lint/lint-break-glass.ts';
import { lintEscalations } from './lint/lint-escalations.ts';
import { lintGrants } from './lint/lint-grants.ts';
import { lintRules } from './lint/lint-rules.ts';
import { lintSets } from './lint/lint-sets.ts';
import { type Linted, letsChange } from './lint/linted.ts';
import { membersAt, momentsOf, votersAt } from './lint/people.ts';
import { fills } from './matching.ts';
import { liftersOf } from './may-stop.ts';

/**
 * What is wrong with the policy of a configuration file although each part of it is right: a
 * sentence each, which begins with the key to change. With any of them Gatehouse must not start.
 * What is approved matters only where the grants let somebody ask for a change.
 */
export function lintApprovals(linted: Linted): string[] {
  const found = [
    ...lintGrants(linted),
    ...unheldRoles(linted),
    ...lintBreakGlass(linted),
    ...(letsChange(linted)
      ? [
          ...lintSets(linted),
          ...lintRules(linted),
          ...lintLifting(linted),
          ...lintEscalations(linted),
        ]
      : []),
  ];
  return [...new Set(found)];
}

/** Roles that nobody has, now or ever. */
const unheldRoles = ({ policy, now }: Linted): string[] =>
  Object.keys(policy.roles)
    .filter((role) =>
      momentsOf(policy, [role], now).every((at) => membersAt(policy, role, at).length === 0),
    )
    .map(
      (role) =>
        `roles.${role}.members: nobody holds the role; name somebody, or remove it where it is named and here.`,
    );

/** Two people have to be able to let changes go on, or a stop lasts for ever. */
function lintLifting({ policy, now }: Linted): string[] {
  const roles = liftersOf(policy);
  const two = [{ n: 2, anyOf: roles }];
  const could = momentsOf(policy, roles, now).some((at) =>
    fills(two, votersAt(policy, roles, at, 2)),
  );
  if (could) return [];
  return [
    `kill_switch.lifted_by: there are not two people with the role ${roles.join(' or ')}, so nobody could let changes go on after a stop; name other roles, or more people under roles.`,
  ];
}
