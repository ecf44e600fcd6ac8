import type { Person, Role } from '../core/person.ts';

/** The roles that let changes go on, two people together; and that may stop them, whatever else they may. */
export const liftingRoles: readonly Role[] = ['manager', 'security'];

/** Whether the person’s word counts for letting changes go on. */
export const mayLift = ({ roles }: Pick<Person, 'roles'>): boolean =>
  liftingRoles.some((role) => roles.includes(role));

/** Stopping must be easy: whoever may ask for any change may stop all of them, and so may who lifts. */
export const mayStop = (person: Pick<Person, 'roles'>, mayAsk: boolean): boolean =>
  mayAsk || mayLift(person);
