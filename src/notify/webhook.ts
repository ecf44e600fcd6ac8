import { createHmac } from 'node:crypto';
import { Agent } from 'undici';
import type { Secret } from '../core/secret.ts';
import type { Way } from './way.ts';

/** Where webhooks are, and what they are signed with. */
export interface WebhookOptions {
  /** The addresses by the names that contacts have for them. */
  addresses: Readonly<Record<string, Secret>>;
  /** What the signature is made with. */
  key: Secret;
  /** In milliseconds since 1970. */
  now(): number;
  /** How long one call may take, in milliseconds. */
  timeout?: number;
  /** Certificates that are trusted besides those of the system, in PEM. */
  authority?: string;
}

/** Whether something may be sent there: what is not encrypted does not leave the machine. */
export function isSafeAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

/** What whoever gets a call checks it by: HMAC-SHA256 of the time in seconds, a dot and the body, in hex. */
export const signatureOf = (key: Secret, seconds: number, body: string): string =>
  `v1=${createHmac('sha256', key.reveal()).update(`${seconds}.${body}`).digest('hex')}`;

/** Calls webhooks by POST with JSON. It follows no redirect, and what they answer is not read. */
export function createWebhookWay(options: WebhookOptions): Way<string> {
  const { addresses, key, now, timeout = 5_000, authority } = options;
  const pool = new Agent({ allowH2: false, ...(authority && { connect: { ca: authority } }) });
  return {
    async send(name, page) {
      const address = Object.hasOwn(addresses, name) ? addresses[name]?.reveal() : undefined;
      if (address === undefined) throw new Error(`there is no webhook called ${name}`);
      if (!isSafeAddress(address)) throw new Error(`the webhook ${name} is neither https nor here`);
      const { origin, pathname, search } = new URL(address);
      const body = JSON.stringify(page);
      const seconds = Math.floor(now() / 1_000);
      const { statusCode, body: answer } = await pool.request({
        origin,
        path: pathname + search,
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-gatehouse-timestamp': String(seconds),
          'x-gatehouse-signature': signatureOf(key, seconds, body),
        },
        body,
        signal: AbortSignal.timeout(timeout),
      });
      await answer.dump({ limit: 16_384, signal: AbortSignal.timeout(timeout) }).catch(() => {});
      if (statusCode < 200 || statusCode > 299)
        throw new Error(`the webhook ${name} answered ${statusCode}`);
    },
    close: () => pool.close(),
  };
}
