import { setTimeout as wait } from 'node:timers/promises';

/** How a process misbehaves. It is forgotten at its end, so that a restart helps. */
export interface Faults {
  /** Milliseconds that every answer is late. */
  slow: number;
  /** The share of requests that fail with a 500, from 0 to 1. */
  failing: number;
}

/** Waits as long as the fault says; ends at once when there is none. */
export const delay = ({ slow }: Faults): Promise<void> =>
  slow > 0 ? wait(slow) : Promise.resolve();

/** Whether this request is one of those that fail. */
export const fails = ({ failing }: Faults): boolean => failing > 0 && Math.random() < failing;
