import type { Person } from '../../core/person.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { actorOf, commit } from '../commit.ts';
import type { RunTools } from '../run-tools.ts';

/** Ends what has not begun, for who asked for it. */
export async function cancelRun(
  tools: RunTools,
  id: string,
  by: Person,
): Promise<Result<Run, RunRefusal>> {
  for (;;) {
    const run = await tools.runs.find(id);
    if (!run) return err({ kind: 'no-such-run', id });
    const { requestedBy, state } = run;
    if (run.parent !== null) return err({ kind: 'not-yours' });
    if (requestedBy.id !== by.id || requestedBy.team !== by.team) return err({ kind: 'not-yours' });
    if (!cancellable.has(state)) return err({ kind: 'already', state });
    const why = 'Cancelled by who had asked for it. Nothing was done.';
    const patch = { state: 'cancelled' as const, why };
    const done = await commit(tools, run, { patch, event: 'cancelled', actor: actorOf(by) });
    if (done) return ok(done);
  }
}

const cancellable: ReadonlySet<Run['state']> = new Set([
  'requested',
  'planned',
  'waiting',
  'approved',
]);
