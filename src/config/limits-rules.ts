import { isRisk, refused } from '../core/limits.ts';
import { risks } from '../core/risk.ts';
import type { ConfigFile } from './file-schema.ts';

/** What one person can have a limit for besides actions. */
const isKnown = (name: string): boolean => isRisk(name) || name === refused;

/**
 * Limits for what nobody can ask for: a misspelled one would limit nothing, and nobody would notice.
 * The names of actions are not looked at when nobody knows them.
 */
export function unknownLimits(
  { limits }: Pick<ConfigFile, 'limits'>,
  actions: readonly string[] | null,
): { path: string[]; says: string }[] {
  if (actions === null) return [];
  const known = [...actions].sort().join(', ');
  const unknown = (section: 'per_person' | 'per_target', what: string, more: string) =>
    Object.keys(limits[section])
      .filter((name) => !actions.includes(name) && !(more !== '' && isKnown(name)))
      .map((name) => ({
        path: ['limits', section, name],
        says: `there is no ${what} called ${name}; expected one of ${more}${known}`,
      }));
  return [
    ...unknown('per_person', 'risk or action', `${risks.slice(2).join(', ')}, ${refused}, `),
    ...unknown('per_target', 'action', ''),
  ];
}
