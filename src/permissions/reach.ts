import { type Catalogue, targetsOf } from '../core/catalogue.ts';
import type { Person } from '../core/person.ts';
import type { Policy } from '../core/policy.ts';
import type { Aim } from '../core/query.ts';
import type { Target } from '../core/target.ts';
import { mayUse, type Subject } from './may-use.ts';

/** The targets on which the person may use the command. */
export const reachOf = (
  person: Pick<Person, 'roles'>,
  command: Subject,
  catalogue: Catalogue,
  policy: Policy,
): Target[] => targetsOf(catalogue).filter(({ env }) => mayUse(person, command, env, policy).ok);

/** Whether there is anything at all that the person may do with the command. */
export const mayUseSomewhere = (
  person: Pick<Person, 'roles'>,
  command: Subject & { aim: Aim },
  catalogue: Catalogue,
  policy: Policy,
): boolean =>
  command.aim === 'none'
    ? mayUse(person, command, null, policy).ok
    : reachOf(person, command, catalogue, policy).length > 0;

/** The catalogue with only those environments in which the person may use the command. */
export function narrow(catalogue: Catalogue, mayIn: (env: string) => boolean): Catalogue {
  const services = catalogue.services
    .map((service) => ({
      ...service,
      environments: service.environments.filter(({ name }) => mayIn(name)),
    }))
    .filter(({ environments }) => environments.length > 0);
  return { ...catalogue, services };
}
