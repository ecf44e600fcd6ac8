import type { Clock } from '../../core/clock.ts';
import type { Job, JobRequest, Jobs, Queue } from '../../core/jobs.ts';
import { type After, afterRealTime } from '../after.ts';
import { StoreError } from '../database/errors.ts';

/** Jobs for as long as the process lives. */
export interface MemoryJobs extends Jobs {
  /** Adds all of these, or throws and adds none. */
  add(requests: readonly JobRequest[]): void;
  /** Does what is due by now, and answers how many jobs that were: for clocks that tests move. */
  runDue(): Promise<number>;
  /** Forgets what is done with jobs, but none of the jobs: they wait until their queue is declared again. */
  close(): void;
}

interface WaitingJob extends Job {
  queue: string;
  dueAt: number;
  tries: number;
  /** Ends the wait for its time. */
  cancel(): void;
}

/** Jobs that are done when `after` says that their time has come. Cron lines are not heeded. */
export function memoryJobs(clock: Pick<Clock, 'now'>, after: After = afterRealTime): MemoryJobs {
  const queues = new Map<string, Queue>();
  const waiting = new Set<WaitingJob>();
  let ending = new AbortController();

  const wait = (job: WaitingJob) => {
    waiting.add(job);
    job.cancel = after(Math.max(job.dueAt - clock.now(), 0), () => void work(job));
  };
  const work = async (job: WaitingJob) => {
    const queue = queues.get(job.queue);
    if (!queue || !waiting.delete(job)) return;
    job.cancel();
    const { subject, version } = job;
    await queue.handle({ subject, version }, ending.signal).catch(() => {
      if (job.tries < queue.retries) wait({ ...job, tries: job.tries + 1 });
    });
  };
  const add = (requests: readonly JobRequest[]) => {
    for (const { queue } of requests) if (!queues.has(queue)) throw notTaking(queue);
    for (const request of requests) wait(waitingJob(request));
  };

  return {
    declare: (queue) => {
      queues.set(queue.name, queue);
      for (const job of waiting) {
        if (job.queue !== queue.name) continue;
        job.cancel();
        wait(job);
      }
    },
    ready: async () => {},
    enqueue: async (request) => add([request]),
    add,
    runDue: async () => {
      const due = [...waiting].filter((job) => job.dueAt <= clock.now() && queues.has(job.queue));
      for (const job of due) await work(job);
      return due.length;
    },
    close: () => {
      ending.abort(new Error('the store was closed'));
      ending = new AbortController();
      for (const { cancel } of waiting) cancel();
      queues.clear();
    },
  };
}

const waitingJob = ({ dueAt, ...request }: JobRequest): WaitingJob => ({
  ...request,
  dueAt: dueAt ?? 0,
  tries: 0,
  cancel: () => {},
});

const notTaking = (queue: string): StoreError =>
  new StoreError(`The queue ${queue} does not take jobs yet. Nothing was changed; try again.`, {
    final: false,
  });
