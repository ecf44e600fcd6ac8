import type { Action, On, Verdict } from '../core/action.ts';
import type { Capabilities, Capability } from '../core/capabilities.ts';
import { DeadlineError } from '../core/deadline.ts';
import { messageOf, TargetError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { Plan } from '../core/plan.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import { type Target, targetName } from '../core/target.ts';
import { sealPlan } from './plan-hash.ts';
import type { RunTools } from './run-tools.ts';
import { withDeadline } from './with-deadline.ts';

/** What is to be planned. */
export interface Wish {
  action: string;
  target: Target;
  params: Json;
  reason: string;
  requestedBy: { id: string; team: string };
  /** The run; none while only a plan is wanted. */
  id?: string;
}

/** What an action works with on its target. */
type Ground = { action: Action; on: On };

/**
 * Looks whether there is any sense in it and plans it. Only reads.
 *
 * @throws what is no fault of the target.
 */
export async function makePlan(tools: RunTools, wish: Wish): Promise<Result<Plan, RunRefusal>> {
  const ground = await groundFor(tools, wish);
  if (!ground.ok) return ground;
  const { action, on } = ground.value;
  const { sleep, times } = tools;
  try {
    const verdict = await withDeadline(sleep, times.precheck, () =>
      action.precheck(wish.params, on),
    );
    if (!verdict.ok) return err({ kind: 'not-now', verdict });
    return ok(await planOn(tools, ground.value, wish));
  } catch (error) {
    if (!isTrouble(error)) throw error;
    return err({ kind: 'not-now', verdict: troubleOf(error) });
  }
}

/** Makes the plan alone, within its deadline. */
export async function planOn(tools: RunTools, ground: Ground, wish: Wish): Promise<Plan> {
  const { action, on } = ground;
  const draft = await withDeadline(tools.sleep, tools.times.plan, () =>
    action.plan(wish.params, on),
  );
  const { version } = action;
  const policyVersion = tools.approvals().version;
  return sealPlan(draft, { ...wish, action: action.name, version, policyVersion });
}

/** The action and the capabilities that it needs; a refusal when the target lacks one of them. */
export async function groundFor(
  tools: RunTools,
  wish: Wish,
): Promise<Result<Ground, Extract<RunRefusal, { kind: 'cannot' }>>> {
  const { target } = wish;
  const action = actionNamed(tools, wish.action);
  const offers = await Promise.all(
    action.needs.map(async (need) => [need, await tools.targets.offer(target, need)] as const),
  );
  const needs = offers.filter(([, offer]) => offer === null).map(([need]) => need);
  if (needs.length > 0) {
    return err({ kind: 'cannot', action: action.name, target: targetName(target), needs });
  }
  const can = Object.fromEntries(offers) as Pick<Capabilities, Capability>;
  const maybe = await whatElse(tools, action, target);
  const { id = null, requestedBy, reason } = wish;
  const request = { run: id, by: requestedBy, reason };
  return ok({ action, on: { target, can, maybe, request, clock: tools.clock } });
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

/** @throws {Error} when there is no such action: whoever asks has looked it up before. */
export function actionNamed({ actions }: Pick<RunTools, 'actions'>, name: string): Action {
  const found = actions.find((action) => action.name === name);
  if (found) return found;
  throw new Error(`There is no action ${name} in this version; its runs cannot be gone on with.`);
}

const isTrouble = (error: unknown): boolean =>
  error instanceof TargetError || error instanceof DeadlineError;

const troubleOf = (error: unknown): Verdict => ({
  ok: false,
  checks: [{ name: 'looking at the target', ok: false, seen: messageOf(error) }],
});
