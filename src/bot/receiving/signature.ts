import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { err, ok, type Result } from '../../core/result.ts';

/** How far Slack's clock and ours may be apart, in seconds, in either direction. */
const tolerance = 300;

/**
 * Whether a request is from Slack: signed with the app's secret, now. The error says what is wrong, for
 * the log; whoever sent it is not told. https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function checkSignature(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: string,
  now: number,
): Result<null, string> {
  const at = headers['x-slack-request-timestamp'];
  const given = headers['x-slack-signature'];
  if (typeof at !== 'string' || typeof given !== 'string') return err('it is not signed');
  if (!/^\d{1,12}$/.test(at)) return err('its timestamp is not a number');
  const apart = Math.round(now / 1_000) - Number(at);
  if (Math.abs(apart) > tolerance) {
    const when = apart > 0 ? `${apart} s ago` : `${-apart} s ahead of this machine’s clock`;
    return err(`it was signed ${when}, and at most ${tolerance} s are taken`);
  }
  const hash = createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest('hex');
  return isSame(`v0=${hash}`, given) ? ok(null) : err('its signature is wrong');
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
