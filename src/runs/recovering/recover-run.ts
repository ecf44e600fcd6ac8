import type { Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { lockFor } from '../claiming/run-lock.ts';
import { commit } from '../commit.ts';
import { handsFor, holding } from '../executing/drive-run.ts';
import { openSteps, withOutcome } from '../executing/run-step.ts';
import { verifyRun } from '../executing/verify-run.ts';
import type { RunTools } from '../run-tools.ts';
import { probedText, probeRun } from './probe-run.ts';

/**
 * Ends what a process left that died in the middle; does nothing while its lock is alive. Nothing is
 * done again, and nothing is called finished.
 */
export async function recoverRun(tools: RunTools, run: Run): Promise<void> {
  const holders = await tools.locks.holders(targetName(run.target));
  if (holders.some(({ owner }) => owner === run.id)) return;
  if (run.state === 'claimed') return neverBegan(tools, run);
  if (run.state === 'verifying' && openSteps(run.steps).length === 0) return again(tools, run);
  return interrupted(tools, run);
}

async function neverBegan(tools: RunTools, run: Run): Promise<void> {
  const why = 'Gatehouse was stopped before the first step. Nothing was done.';
  await commit(tools, run, { patch: { state: 'superseded', why }, event: 'superseded' });
}

/** Says of each open step that nobody knows, and what a look at the target shows. */
async function interrupted(tools: RunTools, run: Run): Promise<void> {
  const probed = await probeRun(tools, run);
  const steps = openSteps(run.steps).reduce(
    (all, { id }) => withOutcome(all, id, { kind: 'unknown', why: nobody }),
    run.steps,
  );
  const missing = (run.plan?.steps ?? []).filter(({ id }) => !run.steps.some((s) => s.id === id));
  const open = probed.length === 0 ? [] : [`What the target shows: ${clauses(probed)}.`];
  const rest = missing.length === 0 ? [] : [`Not begun: ${missing.map((s) => s.does).join('; ')}.`];
  const why = ['Gatehouse was stopped in the middle.', ...open, ...rest].join(' ');
  const facts = { probed: probed.map(({ step, seen }) => ({ step, seen: { ...seen } })) };
  await commit(tools, run, {
    patch: { state: 'interrupted', steps, why },
    event: 'interrupted',
    facts,
  });
}

const nobody = 'Gatehouse was stopped before it was written down what became of it';

const clauses = (probed: Parameters<typeof probedText>[0][]): string =>
  probed.map(probedText).join('; ');

/** Looking is harmless: what was done is verified once more, under a new lock. */
async function again(tools: RunTools, run: Run): Promise<void> {
  const lock = await lockFor(tools, run);
  if (!('fence' in lock)) return;
  await holding(tools, lock, async () => {
    const { fence } = lock;
    if (!tools.actions.some(({ name }) => name === run.action)) return interrupted(tools, run);
    const ours = await commit(tools, run, { patch: { fence }, event: 'verified-again' });
    if (ours) await verifyRun(tools, ours, await handsFor(tools, ours, lock));
  });
}
