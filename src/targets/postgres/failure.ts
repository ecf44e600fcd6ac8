import type { Reading } from '../../core/capabilities.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import { codeOf, failureReading } from '../failure.ts';

/** What a server says of itself when it turns a client away, by SQLSTATE. */
const down: Readonly<Record<string, string>> = {
  '53300': 'has no connection left for another client',
  '57P01': 'ended the connection: it was told to',
  '57P02': 'ended the connection after a crash',
  '57P03': 'takes no connections: starting, stopping or recovering',
};

/**
 * The reading of a PostgreSQL that failed to answer.
 * @throws {TargetError} when it could not be asked.
 */
export function postgresFailure(error: unknown, signal: AbortSignal): Reading {
  const code = codeOf(error);
  const said = messageOf(error);
  const seen = down[code];
  if (seen) return { health: 'down', detail: seen };
  if (/^(28|3D)/.test(code)) {
    throw new TargetError(`does not let Gatehouse in (SQLSTATE ${code})`, { retryable: false });
  }
  if (/^Connection terminated/.test(said)) {
    return { health: 'down', detail: 'closed the connection without an answer' };
  }
  if (/Protocol error|^received invalid response/.test(said)) {
    return { health: 'down', detail: 'answered something that is not PostgreSQL' };
  }
  if (/timeout exceeded when trying to connect/.test(said)) {
    throw new TargetError('no connection in time', { retryable: true });
  }
  return failureReading(error, signal);
}
