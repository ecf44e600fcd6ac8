import type { Clock } from '../core/clock.ts';
import type { Run } from '../core/run.ts';
import type { RunPatch, Runs, Transition } from '../core/transition.ts';
import { aboutRun } from './audit-body.ts';
import { StoreError } from './errors.ts';
import type { MemoryJobs } from './memory-jobs.ts';
import type { MemoryLog } from './memory-log.ts';
import type { MemoryOutbox } from './memory-outbox.ts';
import { asStored } from './stored-json.ts';

/** What a change in memory reaches besides the run. */
export interface MemoryParts {
  clock: Pick<Clock, 'now'>;
  log: MemoryLog;
  outbox: MemoryOutbox;
  jobs: MemoryJobs;
}

/** Runs for as long as the process lives. A change has no await between its beginning and its end. */
export function memoryRuns({ clock, log, outbox, jobs }: MemoryParts): Runs {
  const runs = new Map<string, Run>();
  return {
    create: async (request, entry) => {
      const run = newRun(asStored(request), clock.now());
      if (runs.has(run.id)) throw new StoreError(`The run ${run.id} exists.`, { final: false });
      runs.set(run.id, run);
      log.append({ subject: run.id, about: aboutRun(run), version: 1, at: run.createdAt, entry });
      return asStored(run);
    },
    find: async (id) => asStored(runs.get(id) ?? null),
    transition: async (change) => {
      const now = clock.now();
      const old = runs.get(change.id);
      if (!old || old.version !== change.version || !inTime(old, change, now)) {
        return { kind: 'moved-on' };
      }
      const run = patched(old, asStored(change.patch), now);
      const { id, version } = run;
      jobs.add(
        change.jobs.map(({ queue, dueIn }) => ({
          queue,
          subject: id,
          version,
          dueAt: now + dueIn,
        })),
      );
      runs.set(id, run);
      log.append({ subject: id, about: aboutRun(run), version, at: now, entry: change.audit });
      outbox.raise(id, version, change.messages);
      return { kind: 'done', run: asStored(run) };
    },
    inStates: async (states) =>
      [...runs.values()]
        .filter(({ state }) => states.includes(state))
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
        .slice(0, 500)
        .map(asStored),
  };
}

const newRun = (request: Parameters<Runs['create']>[0], now: number): Run => ({
  ...request,
  version: 1,
  state: 'requested',
  plan: null,
  approval: null,
  votes: [],
  steps: [],
  verdict: null,
  why: null,
  fence: null,
  createdAt: now,
  changedAt: now,
  waitsUntil: null,
  validUntil: null,
});

/** A deadline that is not set has neither passed nor not. */
function inTime(run: Run, { before, after }: Transition, now: number): boolean {
  const until = (name: 'waitsUntil' | 'validUntil') => run[name] ?? Number.NaN;
  return (
    (before === undefined || until(before) > now) && (after === undefined || until(after) <= now)
  );
}

function patched(run: Run, { waitsFor, validFor, ...patch }: RunPatch, now: number): Run {
  return {
    ...run,
    ...patch,
    version: run.version + 1,
    changedAt: now,
    ...(waitsFor === undefined ? {} : { waitsUntil: now + waitsFor }),
    ...(validFor === undefined ? {} : { validUntil: now + validFor }),
  };
}
