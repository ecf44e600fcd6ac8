import type { Acknowledgement, Delivery, DeliveryError, Retry, Wire } from './delivery.ts';
import { sign } from './signature.ts';

/** Ways to send a request that the app ought to turn down. */
export type BadWay = 'bad-signature' | 'stale' | 'future' | 'replay';

/** The HTTP side of the workspace: signed requests to the app's address. */
export interface Requests {
  send: Wire;
  /** Sends the last request again in a bad way; the status of the answer, or null when there was none yet. */
  resend(how: BadWay): Promise<number | null>;
}

interface Options {
  url: string;
  secret: string;
  now(): number;
}

interface Sent {
  body: string;
  headers: Record<string, string>;
}

/** Further from now than any app may accept, in seconds: Slack asks for five minutes at most. */
const farAway = 600;

/** Sends deliveries as Slack does when the app is not in Socket Mode. */
export function createRequests({ url, secret, now }: Options): Requests {
  let last: Sent | null = null;
  const seconds = () => Math.floor(now() / 1000);
  const post = ({ body, headers }: Sent, deadline: number) =>
    fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(deadline),
    });
  const signed = ({ body, headers }: Sent, at: number, key = secret): Sent => ({
    body,
    headers: {
      ...headers,
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': sign(key, at, body),
    },
  });

  return {
    async send(delivery, retry, deadline) {
      const start = performance.now();
      const request = signed(toRequest(delivery, retry), seconds());
      last = request;
      const ms = () => Math.round(performance.now() - start);
      try {
        const response = await post(request, deadline);
        return { ...(await answerOf(response)), ms: ms() } as Acknowledgement;
      } catch (error) {
        return { ok: false, error: errorOf(error), ms: ms() };
      }
    },
    async resend(how) {
      if (!last) return null;
      const again = {
        replay: () => last as Sent,
        stale: () => signed(last as Sent, seconds() - farAway),
        future: () => signed(last as Sent, seconds() + farAway),
        'bad-signature': () => signed(last as Sent, seconds(), `not ${secret}`),
      }[how]();
      return (await post(again, 10_000)).status;
    },
  };
}

/** Events go as JSON, commands as a form, everything else as JSON in the form's field `payload`. */
function toRequest({ kind, payload }: Delivery, retry: Retry | null): Sent {
  const agent = { 'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)' };
  const reason = retry?.reason === 'timeout' ? 'http_timeout' : retry?.reason;
  const retried = retry && {
    'x-slack-retry-num': String(retry.attempt),
    'x-slack-retry-reason': reason ?? '',
  };
  if (kind === 'events_api') {
    const headers = { ...agent, ...retried, 'content-type': 'application/json' };
    return { body: JSON.stringify(payload), headers };
  }
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : texts(payload);
  return {
    body: new URLSearchParams(fields).toString(),
    headers: { ...agent, 'content-type': 'application/x-www-form-urlencoded' },
  };
}

/** A form has no null: such a field is left out. */
const texts = (payload: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(payload)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  );

async function answerOf(
  response: Response,
): Promise<{ ok: true; body: unknown } | { ok: false; error: DeliveryError }> {
  const text = await response.text();
  if (response.status >= 500) return { ok: false, error: 'http_service_error' };
  if (!response.ok) return { ok: false, error: 'http_client_error' };
  const json = response.headers.get('content-type')?.includes('json') && text !== '';
  return { ok: true, body: json ? JSON.parse(text) : text === '' ? undefined : { text } };
}

const errorOf = (error: unknown): DeliveryError =>
  error instanceof Error && error.name === 'TimeoutError' ? 'operation_timeout' : 'dispatch_failed';
