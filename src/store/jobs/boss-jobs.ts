import type { PgBoss } from 'pg-boss';
import { messageOf } from '../../core/errors.ts';
import type { Job, JobRequest, Jobs, Queue } from '../../core/jobs.ts';
import type { Log } from '../../core/log.ts';
import type { Engine } from '../database/engine.ts';
import { StoreError } from '../database/errors.ts';
import { keepTrying } from '../database/keep-trying.ts';
import { sparing } from '../sparing.ts';
import { attachQueue } from './boss-queue.ts';

/** How often cron lines are looked at, in seconds, 45 at most. */
export interface Pace {
  cronSeconds: number;
}

type Database = Pick<Engine, 'kind' | 'bossDatabase'>;

/** Jobs, and the way to stop working on them. */
export interface RunningJobs extends Jobs {
  close(): Promise<void>;
}

/**
 * Jobs on pg-boss, in the schema `jobs` of the same database. It starts in the background, and again
 * while the database is away; nothing waits for it but {@link Jobs.ready}.
 */
export function bossJobs(
  engine: Database,
  log: Log,
  pace: Pace = { cronSeconds: 30 },
): RunningJobs {
  const ending = new AbortController();
  const attached = new Map<string, Promise<void>>();
  const taking = new Set<string>();
  const complain = sparing((error: unknown, quiet: number) => {
    log.warn({ error: messageOf(error), quiet }, 'timed work is held up; it goes on by itself');
  }, 60_000);
  const trying = { signal: ending.signal, failed: complain };
  const boss = keepTrying(() => startBoss(engine, pace, complain), trying);
  const attach = async (queue: Queue) => {
    const started = await boss;
    await keepTrying(() => attachQueue(started, queue), trying);
    taking.add(queue.name);
  };
  boss.catch(() => {}); // only close() ends it, and whoever waits is told by ready()

  return {
    declare: (queue) => {
      const done = attach(queue);
      done.catch(() => {});
      attached.set(queue.name, done);
    },
    ready: async () => {
      await Promise.all(attached.values());
    },
    enqueue: async (request) => {
      if (!taking.has(request.queue)) throw notTaking(request);
      await send(await boss, request);
    },
    close: async () => {
      ending.abort(new Error('the store was closed'));
      const started = await boss.catch(() => null);
      await Promise.allSettled(attached.values());
      await started?.stop({ close: false, timeout: 5_000 });
    },
  };
}

async function startBoss(
  { kind, bossDatabase }: Database,
  { cronSeconds }: Pace,
  complain: (error: unknown) => void,
): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    db: await bossDatabase(),
    backend: kind === 'embedded' ? 'pglite' : 'postgres',
    schema: 'jobs',
    superviseIntervalSeconds: 5, // the defaults notice a dead worker after minutes
    monitorIntervalSeconds: 5,
    cronMonitorIntervalSeconds: cronSeconds,
    cronWorkerIntervalSeconds: Math.min(cronSeconds, 5),
  });
  boss.on('error', complain);
  try {
    return await boss.start();
  } catch (error) {
    await boss.stop({ close: false, graceful: false }).catch(complain);
    throw error;
  }
}

async function send(boss: PgBoss, { queue, subject, version, dueAt }: JobRequest): Promise<void> {
  const job: Job = { subject, version };
  await boss.send(queue, job, dueAt === null ? {} : { startAfter: new Date(dueAt) });
}

const notTaking = ({ queue }: JobRequest): StoreError =>
  new StoreError(`The queue ${queue} does not take jobs yet. Nothing was changed; try again.`, {
    final: false,
  });
