import type { Person, Role } from '../core/person.ts';
import type { Denial, Grant, GrantRule, Policy, Whereabouts } from '../core/policy.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Risk } from '../core/risk.ts';

/** What permissions need to know of a command. */
export interface Subject {
  name: string;
  risk: Risk;
}

/**
 * Whether the person may use the command there, and by which rule. A command that is about no
 * environment is denied only by what denies it in all of them; one about no service likewise, and it
 * is allowed only by a rule that is about all services.
 */
export function mayUse(
  person: Pick<Person, 'roles'>,
  command: Subject,
  where: Whereabouts,
  policy: Policy,
): Result<Grant, Denial> {
  const held = matchesOf(person.roles, command, policy);
  const denial = held.find(({ effect, rule }) => effect === 'deny' && denies(rule, where));
  if (denial) return err({ why: 'denied', ...placeOf(denial) });
  const grants = held.filter(({ effect, rule }) => effect === 'allow' && allows(rule, where));
  const grant = grants.find(({ rule }) => countsIn(rule, where.channel));
  if (grant) return ok(placeOf(grant));
  const [first] = grants;
  if (!first) return err({ why: 'no-rule' });
  const { rule, role } = placeOf(first);
  return err({ why: 'elsewhere', rule, role, channels: first.rule.channels ?? [] });
}

interface Match {
  effect: 'allow' | 'deny';
  rule: GrantRule;
  index: number;
  role: Role;
  pattern: string;
}

const placeOf = ({ index, role, pattern }: Match): Grant => ({ rule: index + 1, role, pattern });

function matchesOf(roles: readonly Role[], command: Subject, policy: Policy): Match[] {
  return policy.grants.flatMap((rule, index) => {
    const role = rolesOf(rule).find((name) => name === '*' || roles.includes(name));
    if (role === undefined) return [];
    return (['deny', 'allow'] as const).flatMap((effect) => {
      const pattern = rule[effect].find((wanted) => covers(wanted, command));
      return pattern === undefined ? [] : [{ effect, rule, index, role, pattern }];
    });
  });
}

/** The roles that a rule names. */
export const rolesOf = ({ role }: GrantRule): readonly Role[] =>
  typeof role === 'string' ? [role] : role;

/** The roles on which it depends what somebody may do. */
export const rolesOfGrants = ({ grants }: Pick<Policy, 'grants'>): Role[] =>
  [...new Set(grants.flatMap(rolesOf))].filter((role) => role !== '*');

/** Whether a pattern of a rule is about a command. */
export const covers = (pattern: string, { name, risk }: Subject): boolean =>
  pattern === '*' || pattern === name || pattern === `risk:${risk}`;

const everything = ['*'];

/** Whether a rule forbids there what it forbids. */
export const denies = ({ env, service = everything }: GrantRule, where: Whereabouts): boolean =>
  names(env, where.env) && names(service, where.service);

/** Whether a rule allows there what it allows. */
export const allows = ({ env, service = everything }: GrantRule, where: Whereabouts): boolean =>
  (names(env, where.env) || (where.env === null && env.length > 0)) &&
  names(service, where.service);

/** Whether a list is about all, or about this one. */
const names = (list: readonly string[], one: string | null): boolean =>
  list.includes('*') || (one !== null && list.includes(one));

/** Being in a channel only ever narrows: what counts nowhere else never counts where nobody knows. */
export const countsIn = ({ channels }: GrantRule, channel: string | null): boolean =>
  channels === undefined || (channel !== null && channels.includes(channel));
