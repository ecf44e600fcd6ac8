import type { Clock } from '../core/clock.ts';
import type { JobRequest, Jobs, Queue } from '../core/jobs.ts';
import { type After, afterRealTime } from './after.ts';
import { StoreError } from './errors.ts';

/** Jobs for as long as the process lives. */
export interface MemoryJobs extends Jobs {
  /** Adds all of these, or throws and adds none. */
  add(requests: readonly JobRequest[]): void;
  /** Does what is due by now, and answers how many jobs that were: for clocks that tests move. */
  runDue(): Promise<number>;
  close(): void;
}

/** Jobs that are done when `after` says that their time has come. Cron lines are not heeded. */
export function memoryJobs(clock: Pick<Clock, 'now'>, after: After = afterRealTime): MemoryJobs {
  const queues = new Map<string, Queue>();
  const waiting = new Map<{ request: JobRequest; tries: number }, () => void>();
  const ending = new AbortController();

  const plan = (job: { request: JobRequest; tries: number }) => {
    const wait = Math.max((job.request.dueAt ?? 0) - clock.now(), 0);
    waiting.set(
      job,
      after(wait, () => void work(job)),
    );
  };
  const work = async (job: { request: JobRequest; tries: number }) => {
    if (!waiting.delete(job) || ending.signal.aborted) return;
    const { queue: name, subject, version } = job.request;
    const queue = queues.get(name);
    await queue?.handle({ subject, version }, ending.signal).catch(() => {
      if (job.tries < queue.retries) plan({ ...job, tries: job.tries + 1 });
    });
  };
  const add = (requests: readonly JobRequest[]) => {
    for (const { queue } of requests) if (!queues.has(queue)) throw notTaking(queue);
    for (const request of requests) plan({ request, tries: 0 });
  };

  return {
    declare: (queue) => void queues.set(queue.name, queue),
    ready: async () => {},
    enqueue: async (request) => add([request]),
    add,
    runDue: async () => {
      const due = [...waiting].filter(([{ request }]) => (request.dueAt ?? 0) <= clock.now());
      for (const [, cancel] of due) cancel();
      for (const [job] of due) await work(job);
      return due.length;
    },
    close: () => {
      ending.abort(new Error('the store was closed'));
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

const notTaking = (queue: string): StoreError =>
  new StoreError(`The queue ${queue} does not take jobs yet. Nothing was changed; try again.`, {
    final: false,
  });
