import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { messageOf } from '../../core/errors.ts';

/** Why a call of Slack did not end well, by what may be done about it. */
export interface Trouble {
  /**
   * `limited`, `unreached` and `later`: surely not done, and worth another try. `unclear`: it may have
   * been done. `gone`: the message is not there to be edited. `closed`: nothing can be written in that
   * channel. `refused`: it never will be done.
   */
  kind: 'limited' | 'unreached' | 'later' | 'unclear' | 'gone' | 'closed' | 'refused';
  /** In how many milliseconds to ask again. */
  retryIn: number;
  why: string;
}

/** How long a Slack that was not reached, or an app without its rights, is left alone, in milliseconds. */
const pause = { unreached: 2_000, unclear: 2_000, later: 60_000 };

/** No connection came about, so nothing was sent. */
const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Slack's own words for trouble of its own: the call may have been done. */
const unclear = ['internal_error', 'fatal_error', 'service_unavailable'];

/** Somebody has to give the app its token or its rights back; the message is all right. */
const later = [
  ...['not_authed', 'invalid_auth', 'token_revoked', 'token_expired', 'account_inactive'],
  ...['missing_scope', 'no_permission', 'access_denied', 'accesslimited', 'org_login_required'],
  ...['ekm_access_denied', 'team_access_not_granted', 'team_added_to_org', 'request_timeout'],
  ...['ratelimited', 'rate_limited', 'message_limit_exceeded', 'external_channel_migrating'],
];

/** The message was deleted, or is not the app's. */
const gone = ['message_not_found', 'cant_update_message'];

/** The channel was archived or deleted, or the app was put out of it. */
const closed = ['channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive'];

/** Whether it stands there all the same: an app that was installed anew may not change what it had said before. */
export const isNotOurs = ({ kind, why }: Trouble): boolean =>
  kind === 'gone' && why.includes('cant_update_message');

/** Whether Slack answers and does not let anybody look, not soon or never; a Slack in trouble may in a moment. */
export const isUnreadable = ({ kind }: Pick<Trouble, 'kind'>): boolean =>
  ['later', 'refused', 'gone', 'closed'].includes(kind);

/** Says what a failed call means. */
export function troubleOf(error: unknown): Trouble {
  const why = messageOf(error);
  const of = (kind: Trouble['kind'], retryIn = 0): Trouble => ({ kind, retryIn, why });
  if (error instanceof WebAPIRateLimitedError) return of('limited', error.retryAfter * 1_000);
  if (error instanceof WebAPIHTTPError && error.statusCode < 500) return of('later', pause.later);
  if (error instanceof WebAPIRequestError && neverSent.includes(codeOf(error.original))) {
    return of('unreached', pause.unreached);
  }
  if (!(error instanceof WebAPIPlatformError)) return of('unclear', pause.unclear);
  const { error: said } = error.data;
  if (unclear.includes(said) || !/^[a-z_]+$/.test(said)) return of('unclear', pause.unclear);
  if (later.includes(said)) return of('later', pause.later);
  if (closed.includes(said)) return of('closed');
  return of(gone.includes(said) ? 'gone' : 'refused');
}

const codeOf = (error: object): string => ('code' in error ? String(error.code) : '');
