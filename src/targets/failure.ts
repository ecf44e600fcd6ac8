import type { Reading } from '../core/capabilities.ts';
import { messageOf, TargetError } from '../core/errors.ts';

/** What a broken connection says about a target: these are answers, of a kind. */
const down: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection without an answer',
  EPIPE: 'closed the connection without an answer',
  UND_ERR_SOCKET: 'closed the connection without an answer',
  UND_ERR_HEADERS_OVERFLOW: 'sent more headers than a health check can have',
  EPROTO: 'does not speak TLS',
};

/** What keeps us from asking: the target itself may be well. */
const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of its host does not resolve',
  EAI_AGAIN: 'the name of its host does not resolve at the moment',
  ENETUNREACH: 'there is no route to its host',
  EHOSTUNREACH: 'there is no route to its host',
  ETIMEDOUT: 'no connection to its host in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection to its host in time',
};

/**
 * The reading of a target that could be asked and failed to answer.
 * @throws {TargetError} when it could not be asked, or not in time.
 */
export function failureReading(error: unknown, signal: AbortSignal): Reading {
  if (error instanceof TargetError) throw error;
  if (signal.aborted) throw new TargetError('no answer in time', { retryable: true, cause: error });
  const code = codeOf(error);
  const seen = down[code] ?? wrongProtocol(code) ?? wrongCertificate(code);
  if (seen) return { health: 'down', detail: seen };
  const why = unreachable[code] ?? `could not be asked: ${clip(messageOf(error))}`;
  throw new TargetError(why, { retryable: true, cause: error });
}

/** Whether the other side dropped a connection that may have been idle: worth one more try. */
export const wasDropped = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error));

/** The code of an error, or of what caused it. */
export function codeOf(error: unknown): string {
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : codeOf(cause);
}

const wrongProtocol = (code: string): string | null =>
  code.startsWith('HPE_') ? 'answered something that is not HTTP' : null;

const wrongCertificate = (code: string): string | null =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_(?:TLS|SSL)/.test(code)
    ? `its certificate or TLS is not accepted (${code})`
    : null;

/** What a target says must not fill a message. */
const clip = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 119)}…`);
