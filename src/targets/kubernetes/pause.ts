import { setTimeout as sleep } from 'node:timers/promises';

/** Waits so many milliseconds, or until the signal fires. Never throws. */
export const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {});
