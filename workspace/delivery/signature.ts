import { createHmac } from 'node:crypto';

/** Slack's signature over the raw body: `v0=` and an HMAC-SHA256 in hexadecimal. `at` in seconds. */
export const sign = (secret: string, at: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
