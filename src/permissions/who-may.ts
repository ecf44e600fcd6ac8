import type { Role } from '../core/person.ts';
import type { Policy, Whereabouts } from '../core/policy.ts';
import { mayUse, rolesOf, type Subject } from './may-use.ts';

/** The roles each of which alone would be enough, in the order of the file. */
export function whoMay(command: Subject, where: readonly Whereabouts[], policy: Policy): Role[] {
  const named = policy.grants.flatMap(rolesOf).filter((role) => role !== '*');
  return [...new Set([...Object.keys(policy.roles), ...named])].filter((role) =>
    where.every((one) => mayUse({ roles: [role] }, command, one, policy).ok),
  );
}
