import { setTimeout as sleep } from 'node:timers/promises';

/** Deadlock found, and could not serialise: the database has undone it all and asks to try again. */
const again = new Set<unknown>(['40P01', '40001']);

/** Repeats a transaction that the database gave up for the sake of another, a few times. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let pause = 10; ; pause *= 2) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (!again.has(code) || pause > 100) throw error;
      await sleep(pause);
    }
  }
}
