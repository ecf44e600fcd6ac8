import { DeadlineError } from '../core/deadline.ts';
import type { Sleep } from './sleep.ts';

/** What was going on was broken off because of something else. */
export class BrokenOffError extends Error {
  constructor() {
    super('the lock on the target was lost, so nothing more may be done to it');
    this.name = 'BrokenOffError';
  }
}

/**
 * Gives `work` so many milliseconds, and less when `lost` fires. Work that heeds neither is left
 * behind: whatever becomes of it later is not heard any more.
 *
 * @throws {DeadlineError | BrokenOffError} then; before it, whatever `work` throws.
 */
export async function withDeadline<T>(
  sleep: Sleep,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  lost?: AbortSignal,
): Promise<T> {
  if (lost?.aborted) throw new BrokenOffError();
  const ended = new AbortController();
  const late = new AbortController();
  const cut = new Promise<never>((_, reject) => {
    const onLost = () => reject(new BrokenOffError());
    lost?.addEventListener('abort', onLost, { once: true, signal: ended.signal });
    const onLate = () => {
      if (ended.signal.aborted) return;
      reject(new DeadlineError(ms)); // first, so that nothing the abort sets off can come before it
      late.abort();
    };
    sleep(ms, ended.signal).then(onLate, reject);
  });
  const signal = lost ? AbortSignal.any([late.signal, lost]) : late.signal;
  try {
    return await Promise.race([cut, work(signal)]);
  } finally {
    ended.abort('over'); // no error is made of it, with all that belongs to one
  }
}
