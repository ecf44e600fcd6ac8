import type { ApprovalPolicy } from '../core/approval-policy.ts';
import type { Person } from '../core/person.ts';
import { approverRoles, denierRoles } from './approval.ts';
import { breakGlassSet, mayReview } from './break-glass.ts';
import { everySet } from './every-set.ts';

/** What somebody may ever say about what others ask for; about one request it is looked at anew. */
export interface MayDecide {
  approve: boolean;
  deny: boolean;
  /** Say how something was that was done without the approvals of others. */
  review: boolean;
}

/** What a person with these roles may ever decide: of what they never may, nothing is shown to them. */
export function mayDecide(policy: ApprovalPolicy, { roles }: Pick<Person, 'roles'>): MayDecide {
  const { breakGlass } = policy;
  const sets = everySet(policy);
  const holds = (some: readonly string[]) => some.some((role) => roles.includes(role));
  const approve = sets.some((set) => holds(approverRoles(set)));
  return {
    approve,
    deny: approve || (breakGlass !== undefined && holds(denierRoles(breakGlassSet(breakGlass)))),
    review: mayReview(breakGlass, { roles }).ok,
  };
}
