import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { Job, Jobs, Queue } from '../../src/core/jobs.ts';
import { patience } from '../support/patience.ts';

/** Jobs under test, and the transactions they take part in. */
export interface JobsSetUp {
  jobs: Jobs;
  transact(work: () => Promise<void>): Promise<void>;
}

const hour = 3_600_000;
const once = (work: () => void | Promise<void>) => vi.waitFor(work, patience);

/** What every implementation of {@link Jobs} must do. */
export function jobsContract(setUp: () => JobsSetUp) {
  const declare = async (settings: Partial<Queue> = {}) => {
    const done: Job[] = [];
    const queue: Queue = {
      name: `test-${randomUUID()}`,
      retries: 0,
      poll: 0.5,
      cron: null,
      handle: async (job) => void done.push(job),
      ...settings,
    };
    setUp().jobs.declare(queue);
    await setUp().jobs.ready();
    const enqueue = (subject: string, dueAt: number | null = null) =>
      setUp().jobs.enqueue({ queue: queue.name, subject, version: 7, dueAt });
    return { done, enqueue };
  };

  test('a job reaches the handler of its queue with its subject and version', async () => {
    const { done, enqueue } = await declare();
    await enqueue('run-1');
    await once(() => expect(done).toEqual([{ subject: 'run-1', version: 7 }]));
  });

  test('a job that is not due yet lets the others pass', async () => {
    const { done, enqueue } = await declare();
    await enqueue('later', Date.now() + hour);
    await enqueue('overdue', Date.now() - hour);
    await enqueue('now');
    await once(() => expect(done).toHaveLength(2));
    expect(done.map(({ subject }) => subject).toSorted()).toEqual(['now', 'overdue']);
  });

  test('a job that threw is tried again, as often as its queue says', async () => {
    let tries = 0;
    const handle = async () => {
      tries += 1;
      if (tries === 1) throw new Error('the first time it fails');
    };
    const { enqueue } = await declare({ retries: 1, handle });
    await enqueue('run-1');
    await once(() => expect(tries).toBe(2));
  });

  test('a hundred jobs are each done once', async () => {
    const { done, enqueue } = await declare();
    await Promise.all(Array.from({ length: 100 }, (_, i) => enqueue(`run-${i}`)));
    await once(() => expect(done.length).toBeGreaterThanOrEqual(100));
    expect(new Set(done.map(({ subject }) => subject)).size).toBe(100);
    expect(done).toHaveLength(100);
  });

  test('a job exists if and only if the transaction around it was committed', async () => {
    const { done, enqueue } = await declare();
    await setUp().transact(() => enqueue('committed'));
    const undone = setUp().transact(async () => {
      await enqueue('rolled back');
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await enqueue('last');
    await once(() => expect(done).toHaveLength(2));
    expect(done.map(({ subject }) => subject).toSorted()).toEqual(['committed', 'last']);
  });

  test('a queue with a cron line gets a job by itself', async () => {
    const { done } = await declare({ cron: '* * * * *' });
    await once(() => expect(done[0]).toMatchObject({ version: 0 }));
  });

  test('a queue that nobody declared takes no jobs', async () => {
    const request = { queue: 'nobody', subject: 'run-1', version: 1, dueAt: null };
    await expect(setUp().jobs.enqueue(request)).rejects.toThrow('nobody');
  });
}
