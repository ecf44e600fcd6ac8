import { z } from 'zod';
import { messageOf, TargetError } from '../../core/errors.ts';
import { codeOf, failureReading } from '../failure.ts';

/**
 * What a request that got no answer comes to. Only what broke before the request could leave is
 * certain to have changed nothing.
 */
export const trouble = (error: unknown, signal: AbortSignal): TargetError =>
  new TargetError(`the admin API ${sentenceOf(error, signal)}`, {
    retryable: true,
    happened: !neverLeft(error),
  });

/** What an answer other than 2xx comes to: who refuses has done nothing, who fails may have. */
export function refusal(status: number, text: string | null): TargetError {
  const said = saidIn(text);
  const why = said === null ? '' : `: ${said}`;
  if (status === 401 || status === 403) {
    return new TargetError(`the admin API does not let Gatehouse in (${status})${why}`, no);
  }
  if (status >= 400 && status < 500) {
    return new TargetError(`the admin API refused it (${status})${why}`, no);
  }
  const verb = status < 400 ? 'sent Gatehouse elsewhere' : 'failed';
  return new TargetError(`the admin API ${verb} (${status})${why}`, {
    retryable: status >= 500,
  });
}

const no = { retryable: false, happened: false } as const;

function sentenceOf(error: unknown, signal: AbortSignal): string {
  try {
    return failureReading(error, signal).detail;
  } catch (thrown) {
    const said = messageOf(thrown);
    return said === 'no answer in time' ? 'gave no answer in time' : `cannot be reached: ${said}`;
  }
}

/** Whether it broke while the host was looked for, or before its certificate was accepted. */
function neverLeft(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(neverLeft);
  const { syscall, cause } = Object(error) as { syscall?: unknown; cause?: unknown };
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT') return true;
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(codeOf(error))) return true;
  return cause !== undefined && neverLeft(cause);
}

const complaint = z.object({ error: z.string() });

/** What a system says must not fill a message, nor be taken for lines of ours. */
function saidIn(text: string | null): string | null {
  try {
    const { error } = complaint.parse(JSON.parse(text ?? ''));
    const line = error.replace(/\s+/g, ' ').trim();
    return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
  } catch {
    return null;
  }
}
