import type { Clock } from '../../core/clock.ts';
import type { Run } from '../../core/run.ts';
import type { RunPatch, Runs, Transition } from '../../core/transition.ts';
import { aboutRun } from '../audit/audit-body.ts';
import { StoreError } from '../database/errors.ts';
import { asStored } from '../database/stored-json.ts';
import { isTaken, memoryEndings, patchedEnding } from './memory-endings.ts';
import type { MemoryIntake } from './memory-intake.ts';
import type { MemoryJobs } from './memory-jobs.ts';
import type { MemoryLog } from './memory-log.ts';
import { memoryOrigins } from './memory-origins.ts';
import type { MemoryOutbox } from './memory-outbox.ts';

/** What a change in memory reaches besides the run. */
export interface MemoryParts {
  /** Where they are kept, by id. */
  runs: Map<string, Run>;
  /** When each began to change its target. */
  began: Map<string, number>;
  clock: Pick<Clock, 'now'>;
  log: MemoryLog;
  outbox: MemoryOutbox;
  jobs: MemoryJobs;
  intake: Pick<MemoryIntake, 'isGivenUp'>;
}

/** Runs for as long as the process lives. A change has no await between its beginning and its end. */
export function memoryRuns({ runs, began, clock, log, outbox, jobs, intake }: MemoryParts): Runs {
  const origins = memoryOrigins(runs, intake);
  return {
    create: async ({ origin, ...request }, entry) => {
      const same = origins.taken(origin);
      if (same) return asStored(same);
      const run = asStored(newRun(request, clock.now()));
      assertFree(runs, run);
      runs.set(run.id, run);
      origins.add(origin, run.id);
      log.append({ subject: run.id, about: aboutRun(run), version: 1, at: run.createdAt, entry });
      return asStored(run);
    },
    find: async (id) => asStored(runs.get(id) ?? null),
    findByOrigin: async (origin) => asStored(origins.find(origin)),
    transition: async (change) => {
      const now = clock.now();
      const old = runs.get(change.id);
      if (!old || old.version !== change.version || !inTime(old, change, now)) {
        return { kind: 'moved-on' };
      }
      const run = asStored(patched(old, asStored(change.patch), now));
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
      if (run.state === 'executing' && !began.has(id)) began.set(id, now);
      log.append({ subject: id, about: aboutRun(run), version, at: now, entry: change.audit });
      outbox.raise(id, version, change.messages, run.state);
      if (run.incident) outbox.refreshIncident(run.incident);
      return { kind: 'done', run: asStored(run) };
    },
    inStates: async (states) =>
      [...runs.values()]
        .filter(({ state }) => states.includes(state))
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
        .slice(0, 500)
        .map(asStored),
    ...memoryEndings(runs, clock),
  };
}

function assertFree(runs: MemoryParts['runs'], run: Run): void {
  if (runs.has(run.id)) throw new StoreError(`The run ${run.id} exists.`, { final: false });
  if (isTaken(runs, run)) {
    throw new StoreError(`${run.parent} is being undone already.`, { final: false });
  }
}

const newRun = ({ incident, ...request }: Parameters<Runs['create']>[0], now: number): Run => ({
  parent: null,
  ...request,
  ...(incident && { incident }),
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
  ending: null,
});

/** A deadline that is not set has neither passed nor not. */
function inTime(run: Run, { before, after, early = 0 }: Transition, now: number): boolean {
  const until = (name: 'waitsUntil' | 'validUntil') => run[name] ?? Number.NaN;
  return (
    (before === undefined || until(before) > now) &&
    (after === undefined || until(after) <= now + early)
  );
}

function patched(run: Run, change: RunPatch, now: number): Run {
  const { waitsFor, validFor, endsIn: _in, endsOn: _on, ended: _ended, ...patch } = change;
  return {
    ...run,
    ...patch,
    version: run.version + 1,
    changedAt: now,
    ...(waitsFor === undefined ? {} : { waitsUntil: now + waitsFor }),
    ...(validFor === undefined ? {} : { validUntil: now + validFor }),
    ending: patchedEnding(run, change, now),
  };
}
