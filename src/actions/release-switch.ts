import type { On, StepOutcome } from '../core/action.ts';
import type { Draft, Plan, Step } from '../core/plan.ts';
import { carryOut } from './change.ts';
import { lookAround, type Needs, switchChecks } from './rollback/sight.ts';
import { argsIn, argsOf } from './rollback/step.ts';

/** The switch to another release, whichever way it goes: what `deploy` and `rollback` do alike. */
export const releaseSwitch = {
  execute(step: Step, _plan: Plan, on: On<Needs>, signal: AbortSignal): Promise<StepOutcome> {
    const { from, to } = argsOf(step);
    return carryOut(step, signal, runs(to), (shorter) => on.can.deployments.use(to, from, shorter));
  },

  async probe(step: Step, _plan: Plan, on: On<Needs>): Promise<StepOutcome> {
    const args = argsOf(step);
    const sight = await lookAround(on);
    const checks = switchChecks(args, sight);
    const seen = checks.map((check) => `${check.name}: ${check.seen}`).join('; ');
    if (checks.every(({ ok }) => ok)) return { kind: 'done', seen };
    const isTouched = sight.releases.find(({ current }) => current)?.id !== args.from;
    return { kind: isTouched ? 'unknown' : 'failed', why: seen };
  },

  async compensate(plan: Plan, on: On<Needs>, signal: AbortSignal): Promise<StepOutcome> {
    const { from, to } = argsIn(plan);
    await on.can.deployments.use(from, to, signal);
    return { kind: 'done', seen: runs(from) };
  },
};

/** How it is taken back, for the plan. */
export const switchUndo = (from: string): Draft['undo'] => ({
  possible: true,
  how: `when the checks afterwards fail, ${from} is made the current release again and restarted, as part of this plan`,
});

const runs = (release: string): string => `${release} is the current release and runs`;
