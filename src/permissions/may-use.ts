import type { Person, Role } from '../core/person.ts';
import type { Denial, Grant, GrantRule, Policy } from '../core/policy.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Risk } from '../core/risk.ts';

/** What permissions need to know of a command. */
export interface Subject {
  name: string;
  risk: Risk;
}

/**
 * Whether the person may use the command in the environment, and by which rule. `env` is null for a
 * command that is about no environment: then only denials for every environment count.
 */
export function mayUse(
  person: Pick<Person, 'roles'>,
  command: Subject,
  env: string | null,
  policy: Policy,
): Result<Grant, Denial> {
  const held = matchesOf(person.roles, command, policy);
  const denial = held.find(({ effect, rule }) => effect === 'deny' && isAbout(rule, env, false));
  if (denial) return err({ why: 'denied', ...placeOf(denial) });
  const grant = held.find(({ effect, rule }) => effect === 'allow' && isAbout(rule, env, true));
  return grant ? ok(placeOf(grant)) : err({ why: 'no-rule' });
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

const covers = (pattern: string, { name, risk }: Subject): boolean =>
  pattern === '*' || pattern === name || pattern === `risk:${risk}`;

const isAbout = (rule: GrantRule, env: string | null, whenNone: boolean): boolean =>
  rule.env.includes('*') ||
  (env === null ? whenNone && rule.env.length > 0 : rule.env.includes(env));
