import { messageOf } from '../../core/errors.ts';
import { type Run, runStates } from '../../core/run.ts';
import { commit } from '../commit.ts';
import { endWhatIsDue } from '../ending/endings.ts';
import type { Memory } from '../memory.ts';
import type { RunTools } from '../run-tools.ts';
import { escalateRun } from '../voting/escalate-run.ts';
import { expireRun, mayBeDue } from '../voting/expire-run.ts';

/** The states in which something may have to be done for a run. */
const open = runStates.slice(0, 7).filter((state) => state !== 'waiting');

/** Looks after everything that is not over. One run that cannot be looked after holds up no other. */
export async function sweep(tools: RunTools, memory: Memory): Promise<void> {
  await tools.claims.endDue().catch((error: unknown) => {
    tools.log.warn({ why: messageOf(error) }, 'Claims that are over were not written down as such');
  });
  const ending = await endWhatIsDue(tools, memory);
  // Apart, so that however many wait for people, they hide nothing that was left in the middle.
  const runs = [...(await tools.runs.inStates(open)), ...(await tools.runs.inStates(['waiting']))];
  memory.keepOnly([...runs, ...ending]);
  for (const run of runs) {
    await lookAfter(tools, memory, run).catch((error: unknown) => {
      tools.log.error({ run: run.id, why: messageOf(error) }, 'A run could not be looked after');
    });
  }
}

/** Does for one run what is due. */
export async function lookAfter(tools: RunTools, memory: Memory, run: Run): Promise<void> {
  if (memory.isBusy(run.id)) return;
  switch (run.state) {
    case 'requested':
    case 'planned':
      if (run.parent !== null) return memory.begin(run.id);
      return leftBehind(tools, memory, run);
    case 'waiting':
      if (mayBeDue(tools, run) && (await expireRun(tools, run))) return;
      return escalateRun(tools, run);
    case 'approved': {
      const over = mayBeDue(tools, run) && (await expireRun(tools, run, memory.heldBy(run.id)));
      if (!over) memory.begin(run.id);
      return;
    }
    case 'claimed':
    case 'executing':
    case 'verifying':
      return memory.begin(run.id);
    default:
      return;
  }
}

/** Planning takes seconds: whoever was at it for so long is not there any more. */
async function leftBehind(tools: RunTools, memory: Memory, run: Run): Promise<void> {
  if (memory.unchangedFor(run) < tools.times.planning) return;
  const why = 'Gatehouse was stopped while it was planned. Nothing was done.';
  await commit(tools, run, { patch: { state: 'failed', why }, event: 'failed' });
}
