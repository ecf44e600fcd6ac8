import { isOver, type Run, type RunState, runStates } from '../core/run.ts';

/** What an incident hears of its runs: that one waits for approval, that it has begun, and how it ended. */
export function runMoment({ state }: Pick<Run, 'state'>): string | null {
  if (isOver(state)) return state;
  if (state === 'waiting') return 'waiting';
  return begun.includes(state) ? 'begun' : null;
}

const begun: readonly RunState[] = ['claimed', 'executing', 'verifying'];

/** Whether a moment of a run lies before another one: what comes late says nothing new. */
export const isEarlier = (one: string, other: string): boolean => place(one) < place(other);

const place = (moment: string): number => (isEnd(moment) ? 2 : moment === 'begun' ? 1 : 0);

/** Whether that is an end. */
export const isEnd = (moment: string): boolean =>
  runStates.some((state) => state === moment && isOver(state));
