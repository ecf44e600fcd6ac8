import { formatDuration } from './duration.ts';

/** Something took longer than it was given. */
export class DeadlineError extends Error {
  constructor(ms: number) {
    super(`no answer within ${formatDuration(ms)}`);
    this.name = 'DeadlineError';
  }
}

/**
 * Gives `work` so many milliseconds. Its signal fires at the deadline, and work that does not heed
 * the signal is left behind: whatever becomes of it later is nobody's fault any more.
 * @throws {DeadlineError} at the deadline; before it, whatever `work` throws.
 */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(ms)); // first, so that nothing the abort sets off can come before it
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([cut, Promise.resolve(controller.signal).then(work)]);
  } finally {
    clearTimeout(timer);
  }
}
