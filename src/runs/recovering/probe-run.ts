import type { StepOutcome } from '../../core/action.ts';
import { messageOf } from '../../core/errors.ts';
import type { Run, StepRecord } from '../../core/run.ts';
import { groundFor } from '../planning/make-plan.ts';
import type { RunTools } from '../run-tools.ts';
import { withDeadline } from '../with-deadline.ts';

/** What a look at the target says of a step of which nobody wrote down what became of it. */
export interface Probed {
  step: string;
  does: string;
  seen: StepOutcome;
}

/** Looks whether the steps have happened whose outcome is not known. Only reads, never throws. */
export const probeRun = (tools: RunTools, run: Run): Promise<Probed[]> =>
  Promise.all(run.steps.filter(isUnknown).map((step) => probeStep(tools, run, step)));

const isUnknown = ({ outcome }: StepRecord): boolean =>
  outcome === null || outcome.kind === 'unknown';

async function probeStep(tools: RunTools, run: Run, { id }: StepRecord): Promise<Probed> {
  const { plan } = run;
  const step = plan?.steps.find((planned) => planned.id === id);
  const does = step?.does ?? 'Take back what was done';
  if (!plan || !step) return { step: id, does, seen: { kind: 'unknown', why: cannotTell } };
  const { sleep, times } = tools;
  const look = async () => {
    const ground = await groundFor(tools, run);
    if (!ground.ok) throw new Error('the target cannot be asked any more');
    return ground.value.action.probe(step, plan, ground.value.on);
  };
  const seen = await withDeadline(sleep, times.probe, look).catch(
    (error: unknown): StepOutcome => ({ kind: 'unknown', why: messageOf(error) }),
  );
  return { step: id, does, seen };
}

const cannotTell = 'no look at the target tells';

/** What was seen, as one clause. */
export const probedText = ({ does, seen }: Probed): string =>
  `${does}: ${seen.kind === 'done' ? `it seems done (${seen.seen})` : `${seemings[seen.kind]} (${seen.why})`}`;

const seemings = { failed: 'it seems not done', unknown: 'not known' } as const;
