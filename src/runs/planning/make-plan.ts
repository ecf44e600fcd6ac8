import type { Action, On, Verdict } from '../../core/action.ts';
import { DeadlineError } from '../../core/deadline.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Plan } from '../../core/plan.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import { raiseRisk } from '../../permissions/raise-risk.ts';
import type { RunTools } from '../run-tools.ts';
import { withDeadline } from '../with-deadline.ts';
import { draftOfEnd } from './draft-of-end.ts';
import { type Bound, everywhere } from './everywhere.ts';
import { type Lack, onTarget, type Wanted } from './on-target.ts';
import { sealPlan } from './plan-hash.ts';
import { touchedBy } from './touched.ts';

/** What is to be planned. */
export interface Wish extends Wanted {
  action: string;
  target: Target;
  params: Json;
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
    if (!verdict.ok) return err({ kind: 'not-now', verdict, action: action.name });
    return ok(await planOn(tools, ground.value, wish));
  } catch (error) {
    if (!isTrouble(error)) throw error;
    return err({ kind: 'not-now', verdict: troubleOf(error), action: action.name });
  }
}

/** Makes the plan alone, within its deadline. */
export async function planOn(tools: RunTools, ground: Ground, wish: Wish): Promise<Plan> {
  const { action, on } = ground;
  const draft = await withDeadline(tools.sleep, tools.times.plan, () =>
    wish.parent ? draftOfEnd(action, wish.params, on) : action.plan(wish.params, on),
  );
  const { version } = action;
  const policy = tools.approvals();
  const about = { action: action.name, baseRisk: action.baseRisk };
  const raised = touchedBy(tools, wish).reduce(
    (now, target) => raiseRisk(now, { ...about, target }, policy),
    draft,
  );
  const origin = { ...wish, action: action.name, version, policyVersion: policy.version };
  return sealPlan(raised, origin);
}

/** The action and the capabilities that it needs; a refusal when the target lacks one of them. */
export async function groundFor(
  tools: RunTools,
  wish: Wish,
): Promise<Result<Ground, Extract<RunRefusal, { kind: 'cannot' }>>> {
  const action = actionNamed(tools, wish.action);
  if (wish.target.service === everyService) return groundEverywhere(tools, wish, action);
  const on = await onTarget(tools, wish, action, wish.target);
  return on.ok ? ok({ action, on: on.value }) : err(cannot(wish, on.error));
}

/** The action on every service of the environment that can do it, as one. */
async function groundEverywhere(
  tools: RunTools,
  wish: Wish,
  action: Action,
): Promise<Result<Ground, Extract<RunRefusal, { kind: 'cannot' }>>> {
  const { target } = wish;
  if (!action.everywhere) return err(cannot(wish, { needs: ['one service at a time'] }));
  const targets = tools.targetsIn(target.env);
  const found = await Promise.all(targets.map((one) => onTarget(tools, wish, action, one)));
  const members = found.flatMap((on) => (on.ok ? [on.value] : []));
  if (members.length === 0) return err(cannot(wish, { needs: action.needs }));
  const bound: Bound = (what, work) =>
    withDeadline(tools.sleep, shareOfEach * tools.times[what], work);
  const whole = everywhere(action, target, members, bound);
  const { request } = members[0] as On;
  return ok({ action: whole, on: { ...nothing, target, request, clock: tools.clock } });
}

/** What the whole works with: everything is reached through the services. */
const nothing = { can: {} as On['can'], maybe: {} };

/** How much of the time for all one service may take: then there is some left to say which one it was. */
const shareOfEach = 0.9;

const cannot = ({ action, target }: Wish, lack: Lack) =>
  ({ kind: 'cannot', action, target: targetName(target), ...lack }) as const;

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
