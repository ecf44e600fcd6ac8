import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIRateLimitedError } from '@slack/web-api';

/** How long one answer may wait for Slack in all, in milliseconds: then nobody waits for it any more. */
const patience = 30_000;

/**
 * Calls Slack, and again after the time that Slack asks for when it is called too often: such a call
 * has done nothing, so nothing is posted twice.
 *
 * @throws what the call throws otherwise, and when Slack wants a longer wait.
 */
export async function waitOut<T>(call: () => Promise<T>, left = patience): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const wait = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1_000 : Infinity;
    if (wait >= left) throw error;
    await sleep(wait);
    return waitOut(call, left - Math.max(wait, 1_000));
  }
}
