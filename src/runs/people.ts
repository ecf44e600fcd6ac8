import type { Vote } from '../core/approval.ts';
import type { Person } from '../core/person.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Run } from '../core/run.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import { type Question, questionOf } from '../permissions/approval.ts';
import { actionNamed } from './make-plan.ts';
import type { RunTools } from './run-tools.ts';

/** How old a copy of somebody’s roles may be that a click relies on, in milliseconds. */
export const clickAge = 30_000;

/** The person with the roles they hold now, as far as a copy of that age tells. */
export async function verified(
  tools: RunTools,
  { id, team }: Pick<Person, 'id' | 'team'>,
  maxAge: number,
): Promise<Result<Person, Extract<RunRefusal, { kind: 'not-verified' }>>> {
  const standing = await tools.directory.standing(id, team, { maxAge });
  if (standing.kind === 'member') return ok(standing.person);
  return err({ kind: 'not-verified', why: standing.why });
}

/** What is voted on; null while there is no plan. */
export function questionFor(tools: RunTools, run: Run): Question | null {
  const about = actionNamed(tools, run.action).about?.(run.params, run.plan) ?? [];
  return questionOf(run, about);
}

/** The votes of a person that are about the run’s plan. */
export const votesOf = ({ votes, plan }: Run, person: string): Vote[] =>
  votes.filter((vote) => vote.person === person && vote.planHash === plan?.hash);
