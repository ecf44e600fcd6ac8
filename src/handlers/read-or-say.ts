import { messageOf, TargetError } from '../core/errors.ts';

/**
 * Reads what the database holds.
 *
 * @throws {TargetError} when that fails: the person is told that this is all that did not work.
 */
export async function readOrSay<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new TargetError(messageOf(cause), { retryable: true, happened: false, cause });
  }
}
