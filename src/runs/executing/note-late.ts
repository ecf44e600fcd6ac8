import type { StepOutcome } from '../../core/action.ts';
import { messageOf } from '../../core/errors.ts';
import { isOver } from '../../core/run.ts';
import { commit } from '../commit.ts';
import type { RunTools } from '../run-tools.ts';

/** How often it is tried when somebody else changes the run at the same moment. */
const mostTries = 20;

/**
 * Writes down what came of a step after it was given up: the run is over, and nothing follows from it. What was
 * broken off then tells nothing. Never throws; what cannot be written down is only logged.
 */
export async function noteLate(
  tools: RunTools,
  id: string,
  step: string,
  late: Promise<StepOutcome>,
): Promise<void> {
  const outcome = await late.catch(() => null);
  if (outcome === null) return;
  const change = { patch: {}, event: 'late-result', facts: { step, outcome: { ...outcome } } };
  try {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const run = await tools.runs.find(id);
      if (!run || !isOver(run.state)) return;
      if (await commit(tools, run, { ...change, unseen: true })) return;
    }
  } catch (error) {
    const what = 'What a step said came too late, and was not written down';
    tools.log.warn({ run: id, step, why: messageOf(error) }, what);
  }
}
