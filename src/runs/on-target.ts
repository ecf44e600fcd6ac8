import type { Action, On } from '../core/action.ts';
import type { Capabilities, Capability } from '../core/capabilities.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Target } from '../core/target.ts';
import type { RunTools } from './run-tools.ts';
import { stagesBefore } from './stages-before.ts';

/** Who wants something, why, and for which run; for none while only a plan is wanted. */
export interface Wanted {
  reason: string;
  requestedBy: { id: string; team: string };
  id?: string;
  /** The run whose effect this one ends. */
  parent?: string | null;
}

/** What an action works with on one target, or what of it the target lacks. */
export async function onTarget(
  tools: Pick<RunTools, 'targets' | 'clock' | 'stagesBefore'>,
  wanted: Wanted,
  action: Action,
  target: Target,
): Promise<Result<On, readonly Capability[]>> {
  const offers = await Promise.all(
    action.needs.map(async (need) => [need, await tools.targets.offer(target, need)] as const),
  );
  const needs = offers.filter(([, offer]) => offer === null).map(([need]) => need);
  if (needs.length > 0) return err(needs);
  const can = Object.fromEntries(offers) as Pick<Capabilities, Capability>;
  const maybe = await whatElse(tools, action, target);
  const { id = null, requestedBy, reason, parent = null } = wanted;
  const request = { run: id, by: requestedBy, reason, ends: parent };
  const before = stagesBefore(tools, target);
  return ok({ target, can, maybe, request, clock: tools.clock, ...before });
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
