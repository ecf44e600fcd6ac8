import type { Clock } from '../core/clock.ts';
import { type Ending, isOver, type Run } from '../core/run.ts';
import type { RunPatch, Runs } from '../core/transition.ts';
import { StoreError } from './errors.ts';
import { asStored } from './stored-json.ts';

/** What ends by itself, found in memory. */
export function memoryEndings(
  runs: ReadonlyMap<string, Run>,
  clock: Pick<Clock, 'now'>,
): Pick<Runs, 'toEnd' | 'lasting' | 'children'> {
  const among = (which: (run: Run) => boolean): Run[] => [...runs.values()].filter(which);
  return {
    toEnd: async () =>
      among(
        ({ id, ending }) =>
          ending?.ended === null && ending.at <= clock.now() && !isBeingEnded(runs, id),
      )
        .toSorted(byEnd)
        .slice(0, 100)
        .map(asStored),
    lasting: async ({ service, env }, since) =>
      among(
        ({ ending, target }) =>
          ending !== null &&
          target.service === service &&
          target.env === env &&
          (ending.ended === null || ending.at >= since),
      )
        .toSorted(byEnd)
        .slice(0, 500)
        .map(asStored),
    children: async (parent) =>
      among((run) => run.parent === parent)
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
        .map(asStored),
  };
}

const isBeingEnded = (runs: ReadonlyMap<string, Run>, parent: string): boolean =>
  [...runs.values()].some((run) => run.parent === parent && !isOver(run.state));

const byEnd = (a: Run, b: Run): number =>
  (a.ending?.at ?? 0) - (b.ending?.at ?? 0) || (a.id < b.id ? -1 : 1);

/** Whether a run that undoes this parent is open or has succeeded. */
export const isTaken = (runs: ReadonlyMap<string, Run>, parent: string | null | undefined) =>
  parent != null &&
  [...runs.values()].some(
    (run) => run.parent === parent && (!isOver(run.state) || run.state === 'succeeded'),
  );

/** When what a run does ends, after a change. */
export function patchedEnding(
  { id, ending }: Run,
  { endsIn, ended }: RunPatch,
  now: number,
): Ending | null {
  if (endsIn === undefined && ended === undefined) return ending;
  if (ending?.ended) throw new StoreError(`What ${id} did has ended.`, { final: false });
  const at = endsIn === undefined ? ending?.at : endsIn === null ? undefined : now + endsIn;
  if (at !== undefined) return { at, ended: ended ?? null };
  if (ended) throw new StoreError(`Nothing that ${id} did can end.`, { final: false });
  return null;
}
