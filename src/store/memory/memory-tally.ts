import type { Clock } from '../../core/clock.ts';
import type { Limit } from '../../core/limits.ts';
import { stepsOn } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';
import type { Asked, Tally } from '../../core/tally.ts';
import { everyService } from '../../core/target.ts';

/** Where the runs in memory are, and when each began. */
export interface MemoryTallyParts {
  clock: Pick<Clock, 'now'>;
  runs: ReadonlyMap<string, Run>;
  began: ReadonlyMap<string, number>;
}

/** Counts the runs in memory. */
export function memoryTally({ clock, runs, began }: MemoryTallyParts): Tally {
  const roomAt = (times: readonly number[], { most, within }: Limit): number | null => {
    const counted = times.filter((at) => at > clock.now() - within).toSorted((a, b) => b - a);
    const oldest = counted[most - 1];
    return oldest === undefined ? null : oldest + within;
  };
  return {
    asked: async (what, limit) => {
      const counted = [...runs.values()].filter((run) => isAsked(run, what));
      return roomAt(
        counted.map(({ createdAt }) => createdAt),
        limit,
      );
    },
    refused: async (by, limit) => {
      const counted = [...runs.values()].filter((run) => isRefused(run) && isBy(run, by));
      return roomAt(
        counted.map(({ createdAt }) => createdAt),
        limit,
      );
    },
    begun: async ({ action, target, except }, limit) => {
      const counted = [...began].filter(([id]) => {
        const run = runs.get(id);
        if (!run || id === except || run.action !== action) return false;
        return run.target.env === target.env && isDoneTo(run, target.service);
      });
      return roomAt(
        counted.map(([, at]) => at),
        limit,
      );
    },
  };
}

/** Alone, or as one of all. */
const isDoneTo = ({ target, plan }: Run, service: string): boolean =>
  target.service === service ||
  (target.service === everyService &&
    (plan === null || plan.steps.some(({ id }) => id.startsWith(stepsOn(service)))));

const isBy = ({ requestedBy }: Run, { id, team }: Run['requestedBy']): boolean =>
  requestedBy.id === id && requestedBy.team === team;

/** It was put to nobody. */
const isRefused = ({ state, waitsUntil, validUntil, parent }: Run): boolean =>
  (state === 'denied' || state === 'failed') &&
  parent === null &&
  waitsUntil === null &&
  validUntil === null;

function isAsked(run: Run, { by, of, except }: Asked): boolean {
  const { state, waitsUntil, validUntil } = run;
  const counts = state === 'planned' || waitsUntil !== null || validUntil !== null;
  const is = 'risk' in of ? run.plan?.risk === of.risk : run.action === of.action;
  return counts && is && isBy(run, by) && run.id !== except && run.parent === null;
}
