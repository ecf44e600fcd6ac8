import type { Holder, Lock } from '../../core/locks.ts';
import { gatehouseItself, type Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { lockedFor } from '../planning/touched.ts';
import type { RunTools } from '../run-tools.ts';

/**
 * The lock that a run works under, or who is in the way. What only puts evidence away shares it, unless
 * it is limited on its target: beginnings are counted one after the other.
 */
export function lockFor(
  tools: Pick<RunTools, 'actions' | 'dependedOn' | 'limits' | 'locks'>,
  run: Run,
): Promise<Lock | Holder> {
  const { actions, limits, locks } = tools;
  const mode = actions.find(({ name }) => name === run.action)?.lock ?? 'exclusive';
  const wanted = limits().perTarget[run.action] ? 'exclusive' : mode;
  return locks.acquire(lockedFor(tools, run), run.id, wanted);
}

/** Why a run that wants the lock does not get it, as one sentence. */
export async function whoIsInTheWay(
  tools: Pick<RunTools, 'actions' | 'dependedOn' | 'runs'>,
  run: Run,
  { owner, target: theirs, held }: Holder,
): Promise<string> {
  const other = await tools.runs.find(owner).catch(() => null);
  const name = other ? `the run ${other.id}${ofWhom(other)}` : owner;
  const mine = targetName(run.target);
  const wanted = lockedFor(tools, run);
  if (wanted !== mine && theirs !== wanted) {
    return `Others depend on the same, so that it needs ${wanted} to itself, and ${theirs} is ${held ? 'being worked on' : 'waited for'} by ${name}.`;
  }
  const what = theirs === mine ? theirs : `${theirs}, and so ${mine},`;
  return held
    ? `${what} is being worked on by ${name}.`
    : `${what} is waited for by ${name}, which comes first.`;
}

/** Whose it is: a view shows the person by name. */
const ofWhom = ({ requestedBy: { id }, parent }: Run): string =>
  id === gatehouseItself ? `, which ends ${parent ?? 'another'}` : ` of user:${id}`;
