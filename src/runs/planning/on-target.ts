import type { Action, On } from '../../core/action.ts';
import type { Capabilities, Capability } from '../../core/capabilities.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Target } from '../../core/target.ts';
import type { RunTools } from '../run-tools.ts';
import { inQuestion, lacks, type NamedDependency, whyNot } from './on-dependency.ts';
import { stagesBefore } from './stages-before.ts';
import { dependencyOf, type Touching } from './touched.ts';

/** Who wants something, why, and for which run; for none while only a plan is wanted. */
export interface Wanted {
  reason: string;
  requestedBy: { id: string; team: string };
  id?: string;
  /** The run whose effect this one ends. */
  parent?: string | null;
}

/** What a target lacks, or its dependency; why is said where that is known. */
export interface Lack {
  needs: readonly string[];
  why?: string;
}

type Tools = Pick<RunTools, 'targets' | 'clock' | 'stagesBefore' | 'dependedOn' | 'actions'>;

/** What an action works with on one target, or on a dependency of it, or what of it is lacking. */
export async function onTarget(
  tools: Tools,
  wanted: Wanted & Pick<Touching, 'action' | 'params'>,
  action: Action,
  target: Target,
): Promise<Result<On, Lack>> {
  const dependency = dependencyOf(tools, { ...wanted, target });
  const why = dependency && whyNot(dependency, target);
  if (why) return err({ needs: [], why });
  const offers = await Promise.all(
    action.needs.map(
      async (need) => [need, await offered(tools, target, dependency, need)] as const,
    ),
  );
  const needs = offers.filter(([, offer]) => offer === null).map(([need]) => need);
  if (needs.length > 0) return err({ needs, ...(dependency && { why: lacks(dependency, needs) }) });
  const can = Object.fromEntries(offers) as Pick<Capabilities, Capability>;
  const maybe = dependency ? {} : await whatElse(tools, action, target);
  const { id = null, requestedBy, reason, parent = null } = wanted;
  const request = { run: id, by: requestedBy, reason, ends: parent };
  const about = dependency ? inQuestion(tools, dependency) : stagesBefore(tools, target);
  return ok({ target, can, maybe, request, clock: tools.clock, ...about });
}

/** What the target offers, or its dependency: of one that can be asked nothing, nothing is taken from the target. */
function offered(
  { targets }: Tools,
  target: Target,
  dependency: NamedDependency | null,
  need: Capability,
): Promise<unknown> {
  if (!dependency) return targets.offer(target, need);
  return targets.offerOf?.(target, dependency.name, need) ?? Promise.resolve(null);
}

/** What of the action's wishes the target can do; what cannot be opened is not there. */
async function whatElse(
  { targets }: Pick<RunTools, 'targets'>,
  { wants = [] }: Action,
  target: Target,
): Promise<Partial<Capabilities>> {
  const offers = await Promise.all(
    wants.map(async (want) => [want, await targets.offer(target, want).catch(() => null)] as const),
  );
  return Object.fromEntries(offers.filter(([, offer]) => offer !== null));
}
