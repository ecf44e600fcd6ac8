import type { JobResult, PgBoss, Job as PgBossJob } from 'pg-boss';
import type { Job, Queue } from '../../core/jobs.ts';

/** No job has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Makes a queue, brings its settings up to date, and works on it. Ends with a call that makes pg-boss
 * remember the queue: else it would look it up at the first job, out of the transaction around that.
 */
export async function attachQueue(boss: PgBoss, queue: Queue): Promise<void> {
  const { name, retries, poll, cron } = queue;
  const settings = { retryLimit: retries, retryBackoff: retries > 0, heartbeatSeconds: 10 };
  await boss.createQueue(name, settings);
  await boss.updateQueue(name, settings);
  await boss.cancel(name, nobody);
  const capacity = {
    pollingIntervalSeconds: poll,
    localConcurrency: 2,
    batchSize: 10, // with one, a worker would take one job per poll and fall behind
    burstWhenBatchFull: true,
    perJobResults: true,
  } as const;
  await boss.work(name, capacity, (jobs: PgBossJob<Job>[]) =>
    Promise.all(jobs.map((job) => settle(queue, job))),
  );
  if (cron === null) await boss.unschedule(name);
  else await boss.schedule(name, cron, { subject: name, version: 0 }, { missed: 'once' });
}

async function settle(queue: Queue, { id, data, signal }: PgBossJob<Job>): Promise<JobResult> {
  try {
    await queue.handle({ subject: data.subject, version: data.version }, signal);
    return { id, status: 'completed' };
  } catch (error) {
    return { id, status: 'failed', output: { error: String(error) } };
  }
}
