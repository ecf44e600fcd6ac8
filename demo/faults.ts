import { setTimeout as wait } from 'node:timers/promises';
import type { StateFile } from './store/state.ts';

/** How a copy misbehaves. */
export interface Fault {
  /** Milliseconds that every answer is late. */
  slow: number;
  /** The share of requests that fail with a 500, from 0 to 1. */
  failing: number;
}

/** Misbehaving on purpose: all copies that run then do, and a restart helps. */
export interface Faults {
  /** How this copy misbehaves. */
  now(): Fault;
  set(fault: Fault): void;
}

/** The faults of a copy that was started now from a release that fails `failing` of its requests. */
export function createFaults(file: StateFile, failing: number): Faults {
  const startedAt = Date.now();
  return {
    now: () => {
      const { faults } = file.state;
      return faults && faults.since >= startedAt ? faults : { slow: 0, failing };
    },
    set: ({ slow, failing }) =>
      file.change((state) => {
        state.faults = { slow, failing, since: Date.now() };
      }),
  };
}

/** Waits as long as the fault says; ends at once when there is none. */
export const delay = ({ slow }: Fault): Promise<void> =>
  slow > 0 ? wait(slow) : Promise.resolve();

/** Whether this request is one of those that fail. */
export const fails = ({ failing }: Fault): boolean => failing > 0 && Math.random() < failing;
