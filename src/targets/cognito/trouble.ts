import { messageOf, TargetError } from '../../core/errors.ts';
import { codeOf } from '../failure.ts';

/** What of an error of the SDK matters here. */
interface Seen {
  name: string;
  status: number | undefined;
  attempts: number;
}

/** No byte of the request can have reached anybody who acts on it. */
const unsent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

const sentences: Readonly<Record<string, string>> = {
  UserNotFoundException: 'Cognito has no such account',
  ResourceNotFoundException: 'Cognito has no such user pool or group',
  UsernameExistsException: 'Cognito has an account with that address already',
  AliasExistsException: 'Cognito has an account with that address already',
  TooManyRequestsException: 'Cognito has too much to do and put it off',
  ThrottlingException: 'Cognito has too much to do and put it off',
  LimitExceededException: 'Cognito allows no more of that for now',
  UserNotConfirmedException: 'the account was never confirmed',
  CredentialsProviderError: 'Gatehouse has no credentials for AWS',
  UnrecognizedClientException: 'AWS does not accept the credentials of Gatehouse',
  InvalidSignatureException: 'AWS does not accept the credentials of Gatehouse',
  ExpiredTokenException: 'the credentials of Gatehouse for AWS have expired',
  CodeDeliveryFailureException: 'Cognito could not send the message to the person',
};

/**
 * The fault of a call that Cognito refused or did not answer. Refused at the first attempt it has done
 * nothing; after a second one nobody knows what became of the first.
 */
export function troubleOf(error: unknown, action: string, signal: AbortSignal): TargetError {
  const { name, status, attempts } = read(error);
  if (status === undefined) return unanswered(error, { name, attempts }, signal);
  const isRight = name === 'AccessDeniedException' || name === 'NotAuthorizedException';
  const said = isRight
    ? `Gatehouse may not do that in Cognito: its role lacks cognito-idp:${action}`
    : (sentences[name] ?? `Cognito refused ${action}: ${clip(messageOf(error))}`);
  const isTheirs = status >= 500;
  return new TargetError(isTheirs ? `Cognito answered ${status} to ${action}` : said, {
    retryable: isTheirs || /TooMany|Throttling|LimitExceeded/.test(name),
    happened: isTheirs || attempts > 1,
    cause: error,
  });
}

function unanswered(
  error: unknown,
  { name, attempts }: Pick<Seen, 'name' | 'attempts'>,
  signal: AbortSignal,
): TargetError {
  const code = codeOf(error);
  if (name === 'CredentialsProviderError') return untouched(sentences[name] ?? name, error);
  if (unsent.test(code) && attempts === 1)
    return untouched(`Cognito cannot be reached (${code})`, error);
  // The SDK calls a connection that was reset a time-out as well.
  const dropped = ['ECONNRESET', 'EPIPE'].includes(code) && !signal.aborted;
  const late = signal.aborted || /Timeout|Abort/.test(name);
  const what = dropped
    ? 'Cognito closed the connection without an answer'
    : late
      ? 'Cognito gave no answer in time'
      : `Cognito could not be asked: ${clip(messageOf(error))}`;
  return new TargetError(what, { retryable: true, cause: error });
}

const untouched = (message: string, cause: unknown): TargetError =>
  new TargetError(message, { retryable: true, happened: false, cause });

function read(error: unknown): Seen {
  const { name, $metadata } = Object(error) as { name?: unknown; $metadata?: unknown };
  const { httpStatusCode, attempts } = Object($metadata) as Record<string, unknown>;
  return {
    name: typeof name === 'string' ? name : '',
    status: typeof httpStatusCode === 'number' ? httpStatusCode : undefined,
    attempts: typeof attempts === 'number' ? attempts : 1,
  };
}

/** What a server says must not fill a message. */
const clip = (text: string): string => (text.length <= 160 ? text : `${text.slice(0, 159)}…`);
