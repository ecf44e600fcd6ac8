import type { Elsewhere, On } from '../../core/action.ts';
import type { Depended, Dependent } from '../../core/dependencies.ts';
import { type Target, targetName } from '../../core/target.ts';
import type { RunTools } from '../run-tools.ts';

/** A dependency by the name that it was asked for, and what is known of it. */
export interface NamedDependency {
  name: string;
  found: Depended | null;
}

/** Why nothing can be done to a dependency, a sentence without its full stop; null when something can. */
export function whyNot({ name, found }: NamedDependency, target: Target): string | null {
  if (!found) return `${targetName(target)} has no dependency called ${name}`;
  const { dependency, dependents } = found;
  const elsewhere = dependents.filter((one) => one.target.env !== target.env);
  if (dependency.whyNot !== null) {
    return `${withoutStop(dependency.whyNot)}${otherWay(dependents)}`;
  }
  if (elsewhere.length === 0) return null;
  const names = elsewhere.map((one) => targetName(one.target)).join(', ');
  return `${names} depends on the same, in another environment, and no run can keep two environments to itself; give each its own, or do it by hand`;
}

/** Of the same thing somebody else may have said how. */
function otherWay(dependents: readonly Dependent[]): string {
  const way = dependents.find(({ as }) => as !== null && as.whyNot === null);
  return way?.as
    ? `. It is the same as ${way.as.name} of ${targetName(way.target)}, for which it does: ask for it there`
    : '';
}

const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** What of a dependency is lacking, in the words of who wrote the configuration file. */
export const lacks = ({ name }: NamedDependency, needs: readonly string[]): string =>
  `no section under dependencies.${name} in the configuration file offers ${needs.join(' and ')}`;

/** How an action looks at whatever depends on what it is to be done to. */
export function inQuestion(
  { targets }: Pick<RunTools, 'targets'>,
  { name, found }: NamedDependency,
): Pick<On, 'dependency'> {
  const dependents = found?.dependents ?? [];
  const open = async ({ target }: Dependent): Promise<Elsewhere> => {
    const probes = await targets.offer(target, 'probes');
    return { target, can: probes ? { probes } : {} };
  };
  const loses = [...new Set(dependents.flatMap(({ as }) => as?.loses ?? []))];
  return { dependency: { name, loses, dependents: () => Promise.all(dependents.map(open)) } };
}
