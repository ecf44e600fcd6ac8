import { gatehouseItself, isOver, type Run, type RunState, runStates } from '../core/run.ts';

type Heard = Pick<Run, 'state' | 'waitsUntil' | 'requestedBy'>;

/**
 * What an incident hears of its runs: that one waits for approval, that it has begun, and how it ended. It hears
 * nothing of a request that was turned down before anybody was asked: only who asked can do something about that.
 */
export function runMoment(run: Heard): string | null {
  const { state } = run;
  if (isOver(state)) return isTurnedDownAtOnce(run) ? null : state;
  if (state === 'waiting') return 'waiting';
  return begun.includes(state) ? 'begun' : null;
}

/** What Gatehouse asked for by itself is told all the same: nobody else would hear that it is not there. */
const isTurnedDownAtOnce = ({ state, waitsUntil, requestedBy }: Heard): boolean =>
  state === 'denied' && waitsUntil === null && requestedBy.id !== gatehouseItself;

const begun: readonly RunState[] = ['claimed', 'executing', 'verifying'];

/** Whether a moment of a run lies before another one: what comes late says nothing new. */
export const isEarlier = (one: string, other: string): boolean => place(one) < place(other);

const place = (moment: string): number => (isEnd(moment) ? 2 : moment === 'begun' ? 1 : 0);

/** Whether that is an end. */
export const isEnd = (moment: string): boolean =>
  runStates.some((state) => state === moment && isOver(state));

/**
 * Whether a run has ended before anything was done and before any person has said a word about it: a process that
 * died, a plan that did not hold any more, a request that was turned down at once.
 */
export const endedUntouched = ({
  state,
  steps,
  waitsUntil,
}: Pick<Run, 'state' | 'steps' | 'waitsUntil'>): boolean =>
  steps.length === 0 &&
  (state === 'failed' || state === 'superseded' || (state === 'denied' && waitsUntil === null));
