import { expect, test } from 'vitest';
import type { Job, Queue } from '../../src/core/jobs.ts';
import { memoryJobs } from '../../src/store/memory/memory-jobs.ts';
import { handTime } from '../support/hand-time.ts';

const minute = 60_000;

/** Jobs in time that passes by hand, and a queue that notes what it did. */
function setUp(fails = 0) {
  const time = handTime();
  const jobs = memoryJobs(time.clock, time.after);
  const done: Job[] = [];
  let left = fails;
  const handle = async (job: Job) => {
    left -= 1;
    if (left >= 0) throw new Error('it fails');
    done.push(job);
  };
  const queue: Queue = { name: 'runs', retries: 1, poll: 1, cron: null, handle };
  const enqueue = (subject: string, dueIn: number | null) =>
    jobs.enqueue({
      queue: 'runs',
      subject,
      version: 1,
      dueAt: dueIn === null ? null : time.clock.now() + dueIn,
    });
  return { time, jobs, queue, done, enqueue };
}

test('a job is done when its time has come, and once', async () => {
  const { time, jobs, queue, done, enqueue } = setUp();
  jobs.declare(queue);
  await enqueue('later', minute);
  await enqueue('now', null);
  await time.pass(0);
  expect(done).toEqual([{ subject: 'now', version: 1 }]);
  await time.pass(minute);
  expect(done.map(({ subject }) => subject)).toEqual(['now', 'later']);
  expect(await jobs.runDue()).toBe(0);
});

test('a job that threw is tried again, as often as its queue says', async () => {
  for (const [fails, count] of [
    [1, 1],
    [2, 0],
  ] as const) {
    const { time, jobs, queue, done, enqueue } = setUp(fails);
    jobs.declare(queue);
    await enqueue('run-1', null);
    await time.pass(minute);
    expect(done).toHaveLength(count);
  }
});

test('whoever moves a clock can have done what is due by then', async () => {
  const { time, jobs, queue, done, enqueue } = setUp();
  jobs.declare(queue);
  await enqueue('run-1', minute);
  expect(await jobs.runDue()).toBe(0);
  time.stop(minute);
  expect(await jobs.runDue()).toBe(1);
  expect(done).toHaveLength(1);
});

test('a queue that nobody declared takes no jobs, and of several none', async () => {
  const { time, jobs, queue, done } = setUp();
  jobs.declare(queue);
  const job = { subject: 'run-1', version: 1, dueAt: null };
  const both = [
    { ...job, queue: 'runs' },
    { ...job, queue: 'nobody' },
  ];
  expect(() => jobs.add(both)).toThrow('nobody');
  await time.pass(minute);
  expect(done).toEqual([]);
});

test('jobs outlive a closing, and wait for whoever declares their queue again', async () => {
  const { time, jobs, queue, done, enqueue } = setUp();
  jobs.declare(queue);
  await enqueue('run-1', minute);
  jobs.close();
  await time.pass(2 * minute);
  expect(done).toEqual([]);
  await expect(enqueue('run-2', null)).rejects.toThrow('does not take jobs');
  jobs.declare(queue);
  await time.pass(0);
  expect(done).toEqual([{ subject: 'run-1', version: 1 }]);
});
