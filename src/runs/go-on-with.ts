import type { Held } from './claim-run.ts';
import { driveRun } from './drive-run.ts';
import { recoverRun } from './recover-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Does with a run what its state asks for: begins an approved one, ends one that a process left.
 *
 * @returns why it cannot be gone on with for the moment; null when there is nothing left to do.
 */
export async function goOnWith(tools: RunTools, id: string): Promise<Held | null> {
  const run = await tools.runs.find(id);
  switch (run?.state) {
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
