import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Secret } from '../../core/secret.ts';
import { createInFlight } from '../in-flight.ts';
import { type AckPayload, acknowledgeOnce } from './acknowledgement.ts';
import { readBody } from './body.ts';
import { parseRaw, readRaw } from './raw-body.ts';
import type { SlackReceiver } from './receiver.ts';
import { checkSignature } from './signature.ts';
import { type Deliver, throughBolt } from './through-bolt.ts';

/** Takes signed requests; a server has to be found for its listener. */
export interface HttpReceiver extends SlackReceiver {
  /** To be mounted where Slack's requests arrive, such as `/slack/events`. */
  listener: RequestListener;
}

/** What the receiver needs. */
export interface HttpReceiverOptions {
  signingSecret: Secret;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

const megabyte = 1_048_576;
/** How long a stop waits for answers that are owed, in milliseconds. */
const owedPatience = 2_000;
/** What Slack sends to an address that it is told about, and wants back. */
const challenge = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(1_000),
});

/** Slack over HTTP. @throws {Error} when the signing secret is empty, since anybody could sign with that. */
export function createHttpReceiver({
  signingSecret,
  clock,
  log,
}: HttpReceiverOptions): HttpReceiver {
  if (signingSecret.reveal() === '') throw new Error('the signing secret of Slack is empty');
  const owed = createInFlight();
  let deliver: Deliver = async (_body, acknowledge) => acknowledge();

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return reply(response, 405);
    const raw = await readRaw(request, megabyte);
    if (!raw.ok) return reply(response, 413);
    if (isCertificateCheck(raw.value)) return reply(response, 200);
    const { headers } = request;
    const signed = checkSignature(headers, raw.value, signingSecret.reveal(), clock.now());
    if (signed.ok) return accept(parseRaw(raw.value, headers['content-type'] ?? ''), response);
    log.warn({ why: signed.error }, 'Refused a request that claims to be from Slack');
    return reply(response, 401);
  };
  const accept = (content: unknown, response: ServerResponse): Promise<void> | void => {
    const read = readBody(content);
    if (!read.ok) {
      log.warn({ why: read.error }, 'A request from Slack cannot be read');
      return reply(response, 400);
    }
    if (read.value.kind === 'body') return deliver(read.value.body, acknowledgement(response, log));
    const verification = challenge.safeParse(content);
    if (verification.success) return reply(response, 200, verification.data.challenge);
    log.info({ what: read.value.what }, 'Ignored a delivery from Slack');
    return reply(response, 200);
  };
  return {
    listener(request, response) {
      const answered = new Promise<void>((resolve) => response.once('close', resolve));
      void owed.add(answered);
      take(request, response).catch((error: unknown) => {
        log.warn({ why: messageOf(error) }, 'A request from Slack broke off');
        response.destroy();
      });
    },
    init(app) {
      deliver = throughBolt(app, log);
    },
    start: async () => {},
    stop: async () => void (await owed.idle(owedPatience)),
    ready: () => ({ ok: true, why: null }),
  };
}

/** Slack’s test of the certificate is not signed, carries nothing and gets nothing. */
const isCertificateCheck = (raw: Buffer): boolean =>
  raw.length < 1_000 &&
  raw.includes('ssl_check') &&
  new URLSearchParams(raw.toString()).get('ssl_check') === '1';

const acknowledgement = (response: ServerResponse, log: Log) =>
  acknowledgeOnce(
    async (payload) => reply(response, 200, payload),
    (error) => log.warn({ why: messageOf(error) }, 'An acknowledgement did not reach Slack'),
  );

function reply(response: ServerResponse, status: number, body?: string | AckPayload): void {
  if (status === 413) response.setHeader('connection', 'close'); // what is left of it is not read
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
