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
 * the signal is left behind: whatever becomes of it later is nobody's fault any more. What runs do to
 * targets has a deadline of its own kind, which a lost lock cuts short: `runs/with-deadline.ts`.
 *
 * @param late makes what is thrown at the deadline, when that is not to be a {@link DeadlineError}.
 * @throws {DeadlineError} at the deadline; before it, whatever `work` throws.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => Error = () => new DeadlineError(ms),
): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(late()); // first, so that nothing the abort sets off can come before it
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([cut, Promise.resolve(controller.signal).then(work)]);
  } finally {
    clearTimeout(timer);
  }
}
