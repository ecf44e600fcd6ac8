import type { Person, Role } from '../core/person.ts';
import { liftingRoles, type Policy } from '../core/policy.ts';

/** The roles that let changes go on, two people together; and that may stop them, whatever else they may. */
export const liftersOf = ({ lifting }: Pick<Policy, 'lifting'>): readonly Role[] =>
  lifting ?? liftingRoles;

/** Whether the person’s word counts for letting changes go on. */
export const mayLift = (
  { roles }: Pick<Person, 'roles'>,
  policy: Pick<Policy, 'lifting'>,
): boolean => liftersOf(policy).some((role) => roles.includes(role));

/** Stopping must be easy: whoever may ask for any change may stop all of them, and so may who lifts. */
export const mayStop = (
  person: Pick<Person, 'roles'>,
  mayAsk: boolean,
  policy: Pick<Policy, 'lifting'>,
): boolean => mayAsk || mayLift(person, policy);
