/** Waits so many milliseconds, or until the signal fires; either way it resolves. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits by the machine’s own timers. */
export const realSleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    if (signal?.aborted) wake();
    else signal?.addEventListener('abort', wake);
  });
