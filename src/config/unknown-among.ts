import { nearest } from '../core/near.ts';
import type { RuleBreak } from './rule-break.ts';

/** A sentence for each name at its path that is none of the known ones. */
export function unknownAmong(
  what: string,
  known: readonly string[],
  named: readonly { path: RuleBreak['path']; name: string }[],
): RuleBreak[] {
  return named
    .filter(({ name }) => !known.includes(name))
    .map(({ path, name }) => {
      const near = nearest(name, known);
      const meant =
        near.length > 0
          ? `did you mean ${near.join(' or ')}?`
          : `expected one of ${known.join(', ') || 'none: there are none'}`;
      return { path, says: `there is no ${what} called ${name}; ${meant}` };
    });
}
