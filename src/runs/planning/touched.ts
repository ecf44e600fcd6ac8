import { dependencyIn } from '../../core/action.ts';
import type { Run } from '../../core/run.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import type { RunTools } from '../run-tools.ts';
import type { NamedDependency } from './on-dependency.ts';

/** What is asked of a run, or of a request for one, to know what it touches. */
export type Touching = Pick<Run, 'action' | 'target' | 'params'>;

type Tools = Pick<RunTools, 'actions' | 'dependedOn'>;

/** The dependency that something is to be done to; null when it is about the target itself. */
export function dependencyOf(
  tools: Tools,
  { action, target, params }: Touching,
): NamedDependency | null {
  const declared = tools.actions.find(({ name }) => name === action);
  const name = declared ? dependencyIn(declared, params) : null;
  return name === null ? null : { name, found: tools.dependedOn?.(target, name) ?? null };
}

/** Every target that feels it: whatever depends on the dependency that it is done to, else its target alone. */
export function touchedBy(tools: Tools, about: Touching): readonly Target[] {
  const dependents = dependencyOf(tools, about)?.found?.dependents ?? [];
  return dependents.length === 0 ? [about.target] : dependents.map(({ target }) => target);
}

/**
 * What has to be kept from others meanwhile. Where others depend on the same, that is all of the environment: of
 * their targets none may be worked on, and one lock is had at once or not at all. So it is where nobody knows.
 */
export function lockedFor(tools: Tools, about: Touching): string {
  const dependency = dependencyOf(tools, about);
  const alone = !dependency || dependency.found?.dependents.length === 1;
  return targetName(alone ? about.target : { ...about.target, service: everyService });
}
