import { TargetError } from '../core/errors.ts';

/**
 * Waits for `work` no longer than until the signal fires.
 * @throws {TargetError} when it fires first; what the work comes to later is ignored.
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new TargetError('no answer in time', { retryable: true }));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
