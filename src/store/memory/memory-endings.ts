import type { Clock } from '../../core/clock.ts';
import { type EndedOn, type Ending, isOver, type Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import type { RunPatch, Runs } from '../../core/transition.ts';
import { StoreError } from '../database/errors.ts';
import { asStored } from '../database/stored-json.ts';

/** What ends by itself, and what belongs together, found in memory. */
export function memoryEndings(
  runs: ReadonlyMap<string, Run>,
  clock: Pick<Clock, 'now'>,
): Pick<Runs, 'toEnd' | 'lasting' | 'children' | 'ofIncident'> {
  const among = (which: (run: Run) => boolean): Run[] => [...runs.values()].filter(which);
  return {
    toEnd: async () =>
      among(
        (run) =>
          run.ending?.ended === null && run.ending.at <= clock.now() && isToBeEnded(runs, run),
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
        .toSorted(byAge)
        .map(asStored),
    ofIncident: async (incident) =>
      among((run) => run.incident === incident)
        .toSorted(byAge)
        .slice(0, 500)
        .map(asStored),
  };
}

/** Whether nothing is ending it, on one service at least where it ends one by one. */
function isToBeEnded(runs: ReadonlyMap<string, Run>, { id, ending }: Run): boolean {
  const open = [...runs.values()].filter((run) => run.parent === id && !isOver(run.state));
  if (!ending?.on) return open.length === 0;
  return Object.entries(ending.on).some(
    ([service, ended]) => ended === null && !open.some(({ target }) => target.service === service),
  );
}

const byAge = (a: Run, b: Run): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

const byEnd = (a: Run, b: Run): number =>
  (a.ending?.at ?? 0) - (b.ending?.at ?? 0) || (a.id < b.id ? -1 : 1);

/** Whether a run that undoes the same parent on the same target is open or has succeeded. */
export const isTaken = (
  runs: ReadonlyMap<string, Run>,
  { parent, target }: Pick<Run, 'parent' | 'target'>,
): boolean =>
  parent !== null &&
  [...runs.values()].some(
    (run) =>
      run.parent === parent &&
      targetName(run.target) === targetName(target) &&
      (!isOver(run.state) || run.state === 'succeeded'),
  );

/** When what a run does ends, after a change. */
export function patchedEnding(
  { id, ending }: Run,
  { endsIn, endsOn, ended }: RunPatch,
  now: number,
): Ending | null {
  if (endsIn === undefined && endsOn === undefined && ended === undefined) return ending;
  if (ending?.ended) throw new StoreError(`What ${id} did has ended.`, { final: false });
  const at = endsIn === undefined ? ending?.at : endsIn === null ? undefined : now + endsIn;
  const on = endsOn ?? ending?.on;
  if (at !== undefined)
    return { at, ended: ended ?? null, ...(on && { on: keeping(id, ending?.on, on) }) };
  if (ended || endsOn) throw new StoreError(`Nothing that ${id} did can end.`, { final: false });
  if (ending?.on) keeping(id, ending.on, {});
  return null;
}

/** What has ended on a service is ended there for good. */
function keeping(id: string, old: EndedOn = {}, on: EndedOn): EndedOn {
  for (const [service, ended] of Object.entries(old)) {
    const now = on[service];
    if (ended && (now?.how !== ended.how || now.by !== ended.by)) {
      throw new StoreError(`What ${id} did on ${service} has ended.`, { final: false });
    }
  }
  return on;
}
