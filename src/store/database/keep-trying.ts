import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from './errors.ts';

/** What goes with trying again and again. */
export interface Trying {
  /** Ends it; the promise then rejects. */
  signal: AbortSignal;
  /** Told of every failure, and of the pause before the next attempt, in milliseconds. */
  failed(error: unknown, pause: number): void;
}

/**
 * Repeats `attempt` until it succeeds, with pauses that grow from a quarter of a second to five.
 * Gives up only on a {@link StoreError} that is final.
 */
export async function keepTrying<T>(
  attempt: () => Promise<T>,
  { signal, failed }: Trying,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof StoreError && error.final) throw error;
      const pause = Math.min(250 * 2 ** tries, 5_000);
      failed(error, pause);
      await sleep(pause, undefined, { signal });
    }
  }
}
