import type { Reading } from '../../core/capabilities.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { failureReading } from '../failure.ts';

/**
 * The reading of a Redis that failed to answer.
 * @throws {TargetError} when it could not be asked. Without a cause: an error of the SDK carries the
 * command with its arguments, and those of AUTH are a password.
 */
export function redisFailure(error: unknown, signal: AbortSignal): Reading {
  const said = messageOf(error);
  const refusal = /^(NOAUTH|WRONGPASS|NOPERM|ERR AUTH)\b/.exec(said)?.[1];
  if (refusal) {
    throw new TargetError(`does not let Gatehouse in (${refusal})`, { retryable: false });
  }
  if (said.startsWith('LOADING')) return { health: 'degraded', detail: 'still loading its data' };
  if (/max number of clients/.test(said)) {
    return { health: 'down', detail: 'has no connection left for another client' };
  }
  if (/^(Connection is closed|Stream isn't writeable)/.test(said)) {
    return { health: 'down', detail: 'closed the connection without an answer' };
  }
  if (/Protocol error|Unknown RESP|Command queue state/i.test(said)) {
    return { health: 'down', detail: 'answered something that is not Redis' };
  }
  return failureReading(error, signal);
}
