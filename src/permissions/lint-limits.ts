import { isRisk, type Limits } from '../core/limits.ts';

/**
 * What is wrong with the names under `limits:`, in sentences: a misspelled one would limit nothing, and
 * nobody would notice.
 */
export function lintLimits({ perPerson, perTarget }: Limits, actions: readonly string[]): string[] {
  const known = [...actions].sort().join(', ');
  const unknown = (names: readonly string[]) => names.filter((name) => !actions.includes(name));
  return [
    ...unknown(Object.keys(perPerson).filter((name) => !isRisk(name))).map(
      (name) =>
        `limits.per_person.${name}: there is no such risk or action; expected low, high, destructive or one of ${known}.`,
    ),
    ...unknown(Object.keys(perTarget)).map(
      (name) => `limits.per_target.${name}: there is no such action; expected one of ${known}.`,
    ),
  ];
}
