import type { Run } from '../core/run.ts';
import type { Held } from './claiming/claim-run.ts';
import { approveEnd } from './ending/begin-end.ts';
import { driveRun } from './executing/drive-run.ts';
import { recoverRun } from './recovering/recover-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Does with a run what its state asks for: begins an approved one, ends one that a process left.
 *
 * @returns why it cannot be gone on with for the moment; null when there is nothing left to do.
 */
export async function goOnWith(tools: RunTools, id: string): Promise<Held | null> {
  const run = await tools.runs.find(id);
  switch (run?.state) {
    case 'requested':
    case 'planned':
      return goOnWithEnd(tools, run);
    case 'approved':
      return driveRun(tools, run);
    case 'claimed':
    case 'executing':
    case 'verifying':
      await recoverRun(tools, run);
      return null;
    default:
      return null;
  }
}

/** What people asked for is planned where they asked; only what ends by itself is planned here. */
async function goOnWithEnd(tools: RunTools, run: Run): Promise<Held | null> {
  if (run.parent === null) return null;
  const approved = await approveEnd(tools, run);
  return approved === null || 'soon' in approved ? approved : driveRun(tools, approved);
}
