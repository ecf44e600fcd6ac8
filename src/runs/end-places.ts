import { gatehouseItself, isOver, type Run, type RunState } from '../core/run.ts';

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

const goneWrong: readonly RunState[] = ['failed', 'interrupted'];
