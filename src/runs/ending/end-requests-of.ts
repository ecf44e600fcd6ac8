import type { Run } from '../../core/run.ts';
import { commit } from '../commit.ts';
import type { RunTools } from '../run-tools.ts';

/** Whose requests end, and in whose name. */
export interface EndedRequests {
  person: { id: string; team: string };
  /** One sentence for the card of each. */
  why: string;
  /** How the audit names who wanted it. */
  actor: string;
}

/** Where a run can be while nothing was begun for it. */
const open: readonly Run['state'][] = ['requested', 'planned', 'waiting', 'approved'];

/** Ends what somebody asked for and nobody has begun: who holds no role any more asks for nothing. */
export async function endRequestsOf(tools: RunTools, ended: EndedRequests): Promise<void> {
  const { id, team } = ended.person;
  const theirs = (await tools.runs.inStates(open)).filter(
    ({ requestedBy: by }) => by.id === id && by.team === team,
  );
  for (const run of theirs) await endRequest(tools, run.id, ended);
}

/** Reads and decides again when somebody else was first: a vote may come in at the same moment. */
async function endRequest(tools: RunTools, id: string, { why, actor }: EndedRequests) {
  for (;;) {
    const run = await tools.runs.find(id);
    if (!run || !open.includes(run.state)) return;
    const patch = { state: 'cancelled' as const, why };
    if (await commit(tools, run, { patch, event: 'cancelled', actor })) return;
  }
}
