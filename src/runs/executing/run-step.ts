import type { Action, On, StepOutcome } from '../../core/action.ts';
import { DeadlineError } from '../../core/deadline.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import type { Lock } from '../../core/locks.ts';
import type { Plan, Step } from '../../core/plan.ts';
import type { StepRecord } from '../../core/run.ts';
import type { RunTools } from '../run-tools.ts';
import { BrokenOffError, withDeadline } from '../with-deadline.ts';

/** What every step of a run is done with. */
export interface Hands {
  action: Action;
  on: On;
  plan: Plan;
  lock: Lock;
}

/** What became of it, and whether it is certain that the target was not touched. */
export interface Performed {
  outcome: StepOutcome;
  untouched: boolean;
  /** What comes of it after it was given up. */
  late?: Promise<StepOutcome>;
}

/** Does one step, within its time and while the lock is held. Never throws: what nobody knows is unknown. */
export const runStep = (tools: RunTools, hands: Hands, step: Step): Promise<Performed> =>
  perform(tools, hands, step.timeout, (signal) =>
    hands.action.execute(step, hands.plan, hands.on, signal),
  );

/** Takes back what was done. Never throws. */
export const runCompensation = (tools: RunTools, hands: Hands): Promise<Performed> =>
  perform(tools, hands, tools.times.compensate, async (signal) => {
    const { action, plan, on } = hands;
    return (await action.compensate?.(plan, on, signal)) ?? none;
  });

const none: StepOutcome = { kind: 'failed', why: 'There is no way back.' };

/**
 * The kill switch and the lock are asked for once more: since the intent was written, somebody may have
 * stopped all changes, and this process may have been held up.
 */
async function perform(
  { sleep, stopped }: RunTools,
  { lock }: Hands,
  ms: number,
  work: (signal: AbortSignal) => Promise<StepOutcome>,
): Promise<Performed> {
  const stop = await stopped().catch(messageOf);
  if (stop !== null) return { outcome: notNow, untouched: true };
  const held = await lock.check().then(
    () => !lock.lost.aborted,
    () => false,
  );
  if (!held) return { outcome: notBegun, untouched: true };
  let begun: Promise<StepOutcome> | undefined;
  const begin = (signal: AbortSignal) => {
    begun = work(signal);
    return begun;
  };
  try {
    return { outcome: await withDeadline(sleep, ms, begin, lock.lost), untouched: false };
  } catch (error) {
    const why = messageOf(error);
    const untouched = error instanceof TargetError && !error.happened;
    const isGivenUp = error instanceof DeadlineError || error instanceof BrokenOffError;
    const late = isGivenUp && begun !== undefined && { late: begun };
    return { outcome: { kind: untouched ? 'failed' : 'unknown', why }, untouched, ...late };
  }
}

const notNow: StepOutcome = {
  kind: 'failed',
  why: 'all changes were stopped before it began',
};
const notBegun: StepOutcome = { kind: 'failed', why: 'the lock was lost; it was not begun' };

/** The name under which taking everything back is written down beside the steps. */
export const compensationId = 'compensation';

/** That it is about to begin: committed before it does. */
export const withIntent = (
  steps: readonly StepRecord[],
  id: string,
  intentAt: number,
): StepRecord[] => [...steps, { id, intentAt, outcome: null }];

/** What became of it. */
export const withOutcome = (
  steps: readonly StepRecord[],
  id: string,
  outcome: StepOutcome,
): StepRecord[] => steps.map((step) => (step.id === id ? { ...step, outcome } : step));

/** The ones that may have happened without anybody having written down what became of them. */
export const openSteps = (steps: readonly StepRecord[]): StepRecord[] =>
  steps.filter(({ outcome }) => outcome === null);
