import { WebAPIRateLimitedError, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../../core/log.ts';
import type { Redactor } from '../../core/redactor.ts';
import type { Secret } from '../../core/secret.ts';
import type { SlackReach } from '../../core/slack-reach.ts';
import type { PaceKeeper } from './keep-pace.ts';
import { createPoolFetch, type PoolFetch } from './pool-fetch.ts';
import { slackLogger } from './slack-logger.ts';
import { isSlackAddress } from './slack-origin.ts';
import { watchedFetch } from './watched-fetch.ts';

/** The ways to reach Slack. Nothing is ever tried twice: a second try may post a second message. */
export interface SlackClient {
  /** The Web API; everything that is sent has passed the redactor. */
  api: WebClient;
  /** How every client of Slack's SDK is set up, for the one that opens connections. */
  options: WebClientOptions;
  /** Takes secrets out of a file before it is measured and sent. */
  redact(text: string): string;
  /**
   * Sends to an address that Slack handed out: an object is an answer and is redacted, a string or bytes
   * are a file and go as they are.
   *
   * @throws {Error} when it is no address of Slack's, cannot be reached, or does not answer 200.
   */
  post(address: string, body: object | string | Uint8Array): Promise<void>;
}

/** What the client needs. */
export interface SlackClientOptions {
  apiUrl: string;
  token: Secret;
  redactor: Pick<Redactor, 'redact' | 'redactAll'>;
  log: Log;
  /** How long one call may take, in milliseconds. */
  timeout?: number;
  /** What it is called by; connections of its own unless it is said. */
  fetch?: PoolFetch;
  /** Hears of every call whether Slack could be reached. */
  reach?: Pick<SlackReach, 'answered' | 'failed'>;
  /** Keeps the pace of the whole app; without it Slack alone says when it is too fast. */
  pace?: PaceKeeper;
}

/** A client of the Web API that redacts what it sends and keeps a pace, since all its methods come through `apiCall`. */
class RedactingClient extends WebClient {
  readonly #redactAll: Redactor['redactAll'];
  readonly #pace: PaceKeeper | undefined;

  constructor(
    token: string,
    options: WebClientOptions,
    { redactor, pace }: Pick<SlackClientOptions, 'redactor' | 'pace'>,
  ) {
    super(token, options);
    this.#redactAll = (value) => redactor.redactAll(value);
    this.#pace = pace;
  }

  override async apiCall(...[method, options]: Parameters<WebClient['apiCall']>) {
    await this.#pace?.before(method);
    try {
      return await super.apiCall(method, this.#redactAll(options));
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) {
        this.#pace?.limited(method, channelIn(options), error.retryAfter);
      }
      throw error;
    }
  }
}

/** The channel that a call is about; null when it is about none. */
function channelIn(options: Parameters<WebClient['apiCall']>[1]): string | null {
  const { channel } = (options ?? {}) as { channel?: unknown };
  return typeof channel === 'string' ? channel : null;
}

/** Makes the clients; nothing is sent yet. */
export function createSlackClient(given: SlackClientOptions): SlackClient {
  const { apiUrl, redactor, timeout = 8_000 } = given;
  const pool = given.fetch ?? createPoolFetch();
  const fetch = given.reach ? watchedFetch(pool, given.reach) : pool;
  const options: WebClientOptions = {
    slackApiUrl: apiUrl,
    fetch,
    timeout,
    logger: slackLogger(given.log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  };
  return {
    api: new RedactingClient(given.token.reveal(), options, given),
    options,
    redact: redactor.redact,
    async post(address, body) {
      if (!isSlackAddress(address, apiUrl))
        throw new Error('the address to answer to is not Slack’s');
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': contentType(body) },
        body: isFile(body) ? body : JSON.stringify(redactor.redactAll(body)),
        signal: AbortSignal.timeout(timeout),
      });
      if (response.status !== 200) throw new Error(`Slack answered ${response.status}`);
    },
  };
}

const isFile = (body: object | string): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

function contentType(body: object | string): string {
  if (body instanceof Uint8Array) return 'application/octet-stream';
  return `${typeof body === 'string' ? 'text/plain' : 'application/json'}; charset=utf-8`;
}
