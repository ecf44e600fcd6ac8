import type { Grant } from '../../core/policy.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Result } from '../../core/result.ts';
import { type Target, targetName } from '../../core/target.ts';

/** A rule of the grants, and the role by which it is somebody’s: `rule 3 for oncall`. */
export const ruleName = ({ rule, role }: Grant): string =>
  `rule ${rule}${role === '*' ? '' : ` for ${role}`}`;

/**
 * Where somebody may, and by which rule: `prod (rule 3 for oncall)`. An environment is named when it is
 * so for all of its targets; else each target is.
 */
export function whereBy(
  targets: readonly Target[],
  may: (target: Target) => Result<Grant, Refusal>,
): string {
  const named = targets.map((target) => {
    const grant = may(target);
    return { target, why: grant.ok ? ruleName(grant.value) : null };
  });
  return [...Map.groupBy(named, ({ target }) => target.env)]
    .flatMap(([env, there]) => {
      const [first] = there;
      const alike = there.every(({ why }) => why === first?.why);
      const places = alike
        ? [{ name: env, why: first?.why ?? null }]
        : there.map(({ target, why }) => ({ name: targetName(target), why }));
      return places.flatMap(({ name, why }) => (why === null ? [] : [`${name} (${why})`]));
    })
    .join(', ');
}
