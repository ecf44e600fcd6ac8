import { messageOf } from '../../core/errors.ts';
import type { SlackReach } from '../../core/slack-reach.ts';
import type { PoolFetch } from './pool-fetch.ts';

/** Slack's words for trouble of its own, and for a token that does not count any more. */
const trouble =
  /"error":\s*"(fatal_error|internal_error|service_unavailable|request_timeout|token_revoked|token_expired|invalid_auth|not_authed|account_inactive)"/;

/** An answer that is longer than this says something else, in bytes. */
const longest = 2_000;

/** The same `fetch`, which tells of every call whether Slack could be reached. */
export const watchedFetch =
  (fetch: PoolFetch, reach: Pick<SlackReach, 'answered' | 'failed'>): PoolFetch =>
  async (url, init) => {
    try {
      const response = await fetch(url, init);
      const why =
        response.status >= 500 ? `Slack answered ${response.status}` : await saidIn(response);
      if (why === null) reach.answered();
      else reach.failed(why);
      return response;
    } catch (error) {
      reach.failed(messageOf(error));
      throw error;
    }
  };

async function saidIn(response: Awaited<ReturnType<PoolFetch>>): Promise<string | null> {
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > longest) return null;
  const text = await response.text();
  const [, said] = text.length > longest ? [] : (trouble.exec(text) ?? []);
  return said === undefined ? null : `Slack says ${said}`;
}
