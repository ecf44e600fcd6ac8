import type { Run } from '../../core/run.ts';
import { aboutIn } from '../asking/people.ts';
import { commit } from '../commit.ts';
import type { RunTools } from '../run-tools.ts';
import { mayHavePassed } from './expire-run.ts';

/** When somebody is to be told that a run waits, in milliseconds since 1970; null when nobody is, or was already. */
export function escalatesAt({ state, approval, waitsUntil, escalated }: Run): number | null {
  if (state !== 'waiting' || !approval?.escalate || waitsUntil === null || escalated) return null;
  return waitsUntil - approval.waits + approval.escalate.after;
}

/**
 * Tells those whom the approval names that nobody has decided yet, when the database says that it is time: once,
 * since it is a change of the run like any other, and not after anything else has become of it. Who asked and
 * whom it is about hear of it anyway. While nobody knows who is behind a name it waits.
 */
export async function escalateRun(tools: RunTools, run: Run): Promise<void> {
  const { approval } = run;
  const people = approval?.escalate && tools.namedPeople?.(approval.escalate.to);
  if (!people || !approval.escalate || !mayHavePassed(tools, escalatesAt(run))) return;
  const { to, after } = approval.escalate;
  const others = people.filter(
    (id) => id !== run.requestedBy.id && !aboutIn(tools, run).includes(id),
  );
  await commit(tools, run, {
    patch: { escalated: { to, people: others } },
    event: 'escalated',
    facts: { named: to, told: others, after },
    before: 'waitsUntil',
    after: 'waitsUntil',
    early: approval.waits - after,
    told: others.map((id) => ({ kind: 'escalation', to: `user:${id}` })),
  });
}
