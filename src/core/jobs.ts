/**
 * What a job is about. It carries nothing else: whoever handles it reads the subject again, and does
 * nothing when the subject's version has moved on.
 */
export interface Job {
  subject: string;
  version: number;
}

/** A job that is wanted. */
export interface JobRequest extends Job {
  queue: string;
  /** Not before this time of the database's clock, in milliseconds since 1970; null is at once. */
  dueAt: number | null;
}

/** Jobs of one kind, and what is done with them. */
export interface Queue {
  name: string;
  /**
   * Does one job. May be called more than once for the same job, by several processes, and late. The
   * signal tells that the job has lost its time or that the process ends.
   */
  handle(job: Job, signal: AbortSignal): Promise<void>;
  /** How often a job that threw is tried again. */
  retries: number;
  /** How long a job that is due may lie unnoticed, in seconds; 0.5 is the least. */
  poll: number;
  /** When a job comes by itself, as a cron line in UTC; it has the queue's name as its subject. */
  cron: string | null;
}

/** Work that the database remembers: what was enqueued is done, whoever is killed on the way. */
export interface Jobs {
  /** Says what is done with the jobs of a queue. It is set up in the background. */
  declare(queue: Queue): void;
  /** Resolves once every declared queue takes jobs. Never await it inside a transaction. */
  ready(): Promise<void>;
  /**
   * Part of the transaction it is called in, if any: then the job exists if and only if that commits.
   * Throws when the queue does not take jobs yet.
   */
  enqueue(request: JobRequest): Promise<void>;
}
