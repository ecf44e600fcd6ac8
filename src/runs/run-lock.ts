import type { Holder, Lock } from '../core/locks.ts';
import { gatehouseItself, type Run } from '../core/run.ts';
import { targetName } from '../core/target.ts';
import type { RunTools } from './run-tools.ts';

/**
 * The lock that a run works under, or who is in the way. What only puts evidence away shares it, unless
 * it is limited on its target: beginnings are counted one after the other.
 */
export function lockFor(
  { actions, limits, locks }: Pick<RunTools, 'actions' | 'limits' | 'locks'>,
  { action, target, id }: Run,
): Promise<Lock | Holder> {
  const mode = actions.find(({ name }) => name === action)?.lock ?? 'exclusive';
  return locks.acquire(targetName(target), id, limits().perTarget[action] ? 'exclusive' : mode);
}

/** Why a run that wants the lock does not get it, as one sentence. */
export async function whoIsInTheWay(
  { runs }: Pick<RunTools, 'runs'>,
  { target }: Run,
  { owner, target: theirs, held }: Holder,
): Promise<string> {
  const other = await runs.find(owner).catch(() => null);
  const name = other ? `the run ${other.id}${ofWhom(other)}` : owner;
  const what = theirs === targetName(target) ? theirs : `${theirs}, and so ${targetName(target)},`;
  return held
    ? `${what} is being worked on by ${name}.`
    : `${what} is waited for by ${name}, which comes first.`;
}

/** Whose it is: a view shows the person by name. */
const ofWhom = ({ requestedBy: { id }, parent }: Run): string =>
  id === gatehouseItself ? `, which ends ${parent ?? 'another'}` : ` of user:${id}`;
