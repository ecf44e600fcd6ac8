import { messageOf } from '../../core/errors.ts';
import type { Step } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';
import { commit } from '../commit.ts';
import type { RunTools } from '../run-tools.ts';
import { undoOrFail } from './compensate-run.ts';
import { fixedEnd, unfixedEnd } from './fixed-end.ts';
import { noteLate } from './note-late.ts';
import { type Hands, type Performed, runStep, withIntent, withOutcome } from './run-step.ts';

/**
 * Does the steps of a claimed run, one after the other. Each is written down before it begins and
 * after it has ended; the first that is not done ends it.
 *
 * @returns the run when all steps are done and it is to be verified; null when it is over, or not
 * ours any more.
 */
export async function executeRun(tools: RunTools, claimed: Run, hands: Hands): Promise<Run | null> {
  let run = await commit(tools, claimed, { patch: { state: 'executing' }, event: 'executing' });
  for (const [index, step] of hands.plan.steps.entries()) {
    if (!run) return null;
    const last = index === hands.plan.steps.length - 1;
    run = await executeStep(tools, run, hands, step, last);
  }
  return run?.state === 'executing'
    ? commit(tools, run, { patch: { state: 'verifying' }, event: 'verifying' })
    : run;
}

async function executeStep(
  tools: RunTools,
  run: Run,
  hands: Hands,
  step: Step,
  last: boolean,
): Promise<Run | null> {
  const held = await mayNotBegin(tools, hands);
  if (held !== null) return undoOrFail(tools, run, hands, { why: `${step.does}: ${held}` });
  const intended = await commit(tools, run, {
    patch: {
      steps: withIntent(run.steps, step.id, tools.clock.now()),
      ...fixedEnd(run, hands.plan, step),
    },
    event: 'step-begun',
    facts: { step: step.id, does: step.does },
  });
  if (!intended) return null;
  const performed = await runStep(tools, hands, step);
  return settle(tools, intended, hands, step, performed, last);
}

/** Why the next step must not begin: the lock is gone, or somebody has stopped all changes. */
async function mayNotBegin(tools: RunTools, { lock }: Hands): Promise<string | null> {
  try {
    await lock.check();
    return await tools.stopped();
  } catch (error) {
    return messageOf(error);
  }
}

/** Writes down what became of a step, and where that leads. */
async function settle(
  tools: RunTools,
  run: Run,
  hands: Hands,
  step: Step,
  { outcome, untouched, late }: Performed,
  last: boolean,
): Promise<Run | null> {
  const steps = withOutcome(run.steps, step.id, outcome);
  const facts = { step: step.id, outcome: { ...outcome } };
  if (outcome.kind === 'done') {
    const patch = last ? { steps, state: 'verifying' as const } : { steps };
    return commit(tools, run, { patch, event: last ? 'verifying' : 'step-done', facts });
  }
  const why = `${step.does}: ${outcome.why}.`;
  if (outcome.kind === 'unknown') {
    const patch = { steps, state: 'interrupted' as const, why: `${why} It may have happened.` };
    await commit(tools, run, { patch, event: 'interrupted', facts });
    if (late) void noteLate(tools, run.id, step.id, late);
    return null;
  }
  const patch = { steps, ...(untouched && unfixedEnd(run, step)) };
  const failed = await commit(tools, run, { patch, event: 'step-failed', facts });
  return failed && undoOrFail(tools, failed, hands, { why, touched: !untouched });
}
