import { gatehouseItself, isOver, mostTries, type Run, type RunState } from '../../core/run.ts';
import { type Target, targetName } from '../../core/target.ts';
import type { Runs } from '../../core/transition.ts';
import { endedAt } from './ending-places.ts';

/**
 * Who is told by a message of its own that a run has just ended, as places of the outbox: whoever
 * asked for it, and when it went wrong on the way also those who approved it. Nobody who ended it
 * themselves, and nobody before the end or a second time.
 */
export function endPlaces(before: RunState, { state, requestedBy, votes }: Run): string[] {
  if (isOver(before) || !isOver(state) || state === 'cancelled') return [];
  const approvers = votes.filter(({ kind }) => kind === 'approve').map(({ person }) => person);
  const people = [requestedBy.id, ...(goneWrong.includes(state) ? approvers : [])];
  return [...new Set(people)].filter((id) => id !== gatehouseItself).map((id) => `user:${id}`);
}

/**
 * Who is told that the end of what a run did has not worked: whoever asked for that run and approved it.
 * At the first try in a place that goes wrong and at the last one, not at every try between.
 */
export function failedEndPlaces(
  before: RunState,
  end: Run,
  { parent, tries }: { parent: Run; tries: readonly Run[] },
): string[] {
  const { state, target } = end;
  if (isOver(before) || !isOver(state) || state === 'succeeded') return [];
  if (endedAt(parent, target) !== null) return []; // a newer run has taken its place meanwhile
  const others = tries.filter((one) => one.id !== end.id && isSamePlace(one.target, target));
  const isFirst = notDone.includes(state) && !others.some((one) => notDone.includes(one.state));
  const isLast = others.length + 1 >= mostTries;
  return isFirst || isLast ? endPlaces('executing', { ...parent, state: 'failed' }) : [];
}

/** Whether a run that did not end what another one did is not followed by one more try. */
export async function wasLastTry(
  { children }: Pick<Runs, 'children'>,
  { id, parent, state, target }: Run,
): Promise<boolean> {
  if (parent === null || !isOver(state) || state === 'succeeded') return false;
  const tries = await children(parent);
  const here = tries.filter((one) => isSamePlace(one.target, target));
  return here.length >= mostTries && here.at(-1)?.id === id;
}

const isSamePlace = (one: Target, other: Target): boolean => targetName(one) === targetName(other);

/** Ends of a try that are nobody’s plan having changed. */
const notDone: readonly RunState[] = ['failed', 'interrupted', 'denied', 'expired', 'compensated'];

const goneWrong: readonly RunState[] = ['failed', 'interrupted'];
