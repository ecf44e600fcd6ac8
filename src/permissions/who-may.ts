import type { Role } from '../core/person.ts';
import type { Policy } from '../core/policy.ts';
import { mayUse, rolesOf, type Subject } from './may-use.ts';

/** The roles each of which alone would be enough, in the order of the file. */
export function whoMay(command: Subject, env: string | null, policy: Policy): Role[] {
  const named = policy.grants.flatMap(rolesOf).filter((role) => role !== '*');
  return [...new Set([...Object.keys(policy.roles), ...named])].filter(
    (role) => mayUse({ roles: [role] }, command, env, policy).ok,
  );
}
