import type { Verdict } from '../../core/action.ts';
import { messageOf } from '../../core/errors.ts';
import type { Run } from '../../core/run.ts';
import { commit } from '../commit.ts';
import type { RunTools } from '../run-tools.ts';
import { noteLate } from './note-late.ts';
import {
  compensationId,
  type Hands,
  runCompensation,
  withIntent,
  withOutcome,
} from './run-step.ts';

/** What went wrong. */
export interface Trouble {
  why: string;
  /** What the verification saw, when it was that. */
  verdict?: Verdict | null;
  /** Whether the target may have been changed by a step that is not done. */
  touched?: boolean;
}

/**
 * Ends a run that went wrong: takes back what was done when the plan says how, and says so plainly
 * when it does not.
 *
 * @returns null: the run is over, or not ours any more.
 */
export async function undoOrFail(
  tools: RunTools,
  run: Run,
  hands: Hands,
  { why, verdict = null, touched = false }: Trouble,
): Promise<null> {
  const changed = touched || run.steps.some(({ outcome }) => outcome?.kind === 'done');
  const seen = verdict ? { verdict } : {};
  if (!changed || !hands.action.compensate || !(await mayGoBack(tools, hands))) {
    const patch = { state: 'failed' as const, why, ...seen };
    await commit(tools, run, { patch, event: 'failed', facts: factsOf(verdict) });
    return null;
  }
  const intended = await commit(tools, run, {
    patch: { steps: withIntent(run.steps, compensationId, tools.clock.now()), ...seen },
    event: 'compensation-begun',
    facts: { because: why, ...factsOf(verdict) },
  });
  if (intended) await goBack(tools, intended, hands, why);
  return null;
}

/** Going back is a change like any other. */
async function mayGoBack({ stopped, log }: RunTools, { lock }: Hands): Promise<boolean> {
  try {
    await lock.check();
    return (await stopped()) === null;
  } catch (error) {
    log.warn({ why: messageOf(error) }, 'What was done is not taken back');
    return false;
  }
}

async function goBack(tools: RunTools, run: Run, hands: Hands, why: string): Promise<void> {
  const { outcome, late } = await runCompensation(tools, hands);
  const trouble = outcome.kind === 'done' ? '' : outcome.why;
  const steps = withOutcome(run.steps, compensationId, outcome);
  const ends = {
    done: ['compensated', why],
    failed: ['failed', `${why} It could not be taken back: ${trouble}.`],
    unknown: ['interrupted', `${why} Whether it was taken back is not known: ${trouble}.`],
  } as const;
  const [state, text] = ends[outcome.kind];
  const facts = { outcome: { ...outcome } };
  await commit(tools, run, { patch: { state, steps, why: text }, event: state, facts });
  if (late) void noteLate(tools, run.id, compensationId, late);
}

/** What was seen after the change, for the record. */
export const factsOf = (verdict: Verdict | null) =>
  verdict ? { after: verdict.checks.map(({ name, ok, seen }) => ({ name, ok, seen })) } : {};
