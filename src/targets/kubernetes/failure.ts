import { messageOf, TargetError } from '../../core/errors.ts';
import { codeOf } from '../failure.ts';
import type { Question } from './api.ts';
import { statusShape } from './shapes.ts';

/** Asks the API server; answers the text of a good answer. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<string>;

/** What the API server answered. */
export interface Attempt {
  status: number;
  retryAfter: string | string[] | undefined;
  text: string;
}

/** No byte of the request can have reached anybody who acts on it. */
const unsent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT)$|CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_(?:TLS|SSL)|^EPROTO$/;

const seen: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'has a name that does not resolve',
  EAI_AGAIN: 'has a name that does not resolve at the moment',
  ENETUNREACH: 'cannot be reached: there is no route',
  EHOSTUNREACH: 'cannot be reached: there is no route',
  UND_ERR_CONNECT_TIMEOUT: 'took no connection in time',
  ECONNRESET: 'closed the connection without an answer',
  UND_ERR_SOCKET: 'closed the connection without an answer',
};

/** The fault of a request that got no answer. A request that only reads never counts as having done something. */
export function troubleOf(error: unknown, { verb }: Question, signal: AbortSignal): TargetError {
  const code = codeOf(error);
  const happened = verb === 'patch' && !unsent.test(code);
  const late = signal.aborted || (error instanceof Error && error.name === 'TimeoutError');
  const what = late ? 'gave no answer in time' : (seen[code] ?? other(code, error));
  const doubt = happened ? '; nobody knows whether it did what it was told' : '';
  return new TargetError(`the Kubernetes API ${what}${doubt}`, {
    retryable: true,
    happened,
    cause: error,
  });
}

const other = (code: string, error: unknown): string =>
  unsent.test(code)
    ? `has a certificate or TLS that is not accepted (${code})`
    : `could not be asked: ${clip(messageOf(error))}`;

/** Something else was changed between the reading and the patch, which has done nothing. */
export class ConflictError extends TargetError {}

/** The fault of a request that was refused: below 500 nothing was done. */
export function refusalOf({ status, text }: Attempt, question: Question): TargetError {
  const Kind = status === 409 ? ConflictError : TargetError;
  return new Kind(sentenceFor(status, said(text), question), {
    retryable: status === 409 || status === 429 || status >= 500,
    happened: question.verb === 'patch' && status >= 500,
  });
}

function sentenceFor(status: number, message: string, { verb, resource }: Question): string {
  const what = `${verb} ${resource}`;
  switch (status) {
    case 401:
      return 'the Kubernetes API does not know Gatehouse: its token or certificate is not accepted';
    case 403:
      return `Gatehouse may not ${what} there: its role in Kubernetes lacks that verb (${message})`;
    case 404:
      return `Kubernetes has no such thing to ${what}: ${message}`;
    case 409:
      return 'it was changed by somebody else in the same moment';
    case 429:
      return 'the Kubernetes API has too much to do and put it off';
    default:
      return `the Kubernetes API answered ${status} to ${what}: ${message}`;
  }
}

/** What the body says, when it is one of Kubernetes. */
function said(text: string): string {
  try {
    return clip(statusShape.parse(JSON.parse(text)).message);
  } catch {
    return 'without saying why';
  }
}

/** What a server says must not fill a message. */
const clip = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 199)}…`);
