import type { Result } from '../../core/result.ts';
import { err, ok } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import type { Ballot } from '../../runs/runner.ts';
import { reviewedMessage } from '../../views/runs/break-glass.ts';
import { votedMessage } from '../../views/runs/run-answer.ts';
import { planCode, type RunHandle } from '../../views/runs/run-handle.ts';
import { runRefusalMessage } from '../../views/runs/run-refusal.ts';
import type { Asking } from '../command.ts';
import { readOrSay } from '../read-or-say.ts';
import type { RunTools } from './run-tools.ts';

type Asks = Omit<Asking, 'catalogue'>;

/** The run with that id, for a person who is known. With `planHash`, only when its plan is still that one. */
export async function findRun(
  { run: id, planHash }: { run: string; planHash: string | null },
  { unverified }: Pick<Asks, 'unverified'>,
  { runner }: Pick<RunTools, 'runner'>,
): Promise<Result<{ run: Run; handle: RunHandle }, RunRefusal>> {
  if (unverified !== null) return err({ kind: 'not-verified', why: unverified });
  const run = await readOrSay(() => runner.find(id));
  if (run === null) return err({ kind: 'no-such-run', id });
  const current = run.plan === null ? '' : planCode(run.plan);
  if (planHash !== null && planHash !== current) {
    return err({ kind: 'other-plan', shown: planHash, current });
  }
  return ok({ run, handle: { run: id, planHash: current } });
}

/** Says why something about a run was not done. */
export const refuseRun = (refusal: RunRefusal, { show }: Pick<Asks, 'show'>): Promise<void> =>
  show(runRefusalMessage, refusal);

const recorded = {
  approve: 'Your approval is recorded',
  deny: 'Your no is recorded',
  confirm: 'You have confirmed it',
} as const;

/** Says yes or no for the person, and tells them what came of it. */
export async function vote(
  ballot: Omit<Ballot, 'by'>,
  asking: Asks,
  { runner }: Pick<RunTools, 'runner'>,
): Promise<void> {
  const voted = await runner.vote({ ...ballot, by: asking.person });
  if (!voted.ok) return refuseRun(voted.error, asking);
  await asking.show(votedMessage, { run: voted.value, did: recorded[ballot.kind] });
}

/** Takes back what the person asked for. */
export async function cancelRun(
  run: string,
  asking: Asks,
  { runner }: Pick<RunTools, 'runner'>,
): Promise<void> {
  const cancelled = await runner.cancel(run, asking.person);
  if (!cancelled.ok) return refuseRun(cancelled.error, asking);
  await asking.show(votedMessage, { run: cancelled.value, did: 'You have taken it back' });
}

/** Takes what the person says of a run that was done without the approvals of others. */
export async function reviewRun(
  [run = '', ...words]: readonly string[],
  asking: Asks,
  { runner }: Pick<RunTools, 'runner'>,
): Promise<void> {
  if (asking.unverified !== null) {
    return refuseRun({ kind: 'not-verified', why: asking.unverified }, asking);
  }
  const reviewed = await runner.review({ run, by: asking.person, text: words.join(' ') });
  if (!reviewed.ok) return refuseRun(reviewed.error, asking);
  await asking.show(reviewedMessage, run);
}
