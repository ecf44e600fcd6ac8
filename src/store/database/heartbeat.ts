import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';

/** How often the database is asked whether it is there, and how long it may take, in milliseconds. */
const beat = { every: 2_000, patience: 1_500 };

/**
 * Asks the database again and again, and tells of every change: why it does not answer, or null when
 * it does again. Ends with the signal.
 */
export async function watchHeart(
  ping: () => Promise<void>,
  tell: (why: string | null) => void,
  signal: AbortSignal,
): Promise<void> {
  let last: string | null = null;
  while (!signal.aborted) {
    await sleep(beat.every, undefined, { signal, ref: false }).catch(() => {});
    const why = await within(beat.patience, ping, silence).then(() => null, messageOf);
    if (signal.aborted || (why === null) === (last === null)) continue;
    last = why;
    tell(why);
  }
}

const silence = (): Error => new Error(`it did not answer within ${beat.patience} ms`);
