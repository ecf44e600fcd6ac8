import { createHmac, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { team } from './slack-stub.ts';

/** The signing secret of the bench's own servers. */
export const signingSecret = 'bench-signing-secret';

/** One slash command as Slack would send it, signed now; no two are the same. */
export function command(text: string, responseUrl: string) {
  const body = new URLSearchParams({
    token: 'unused',
    api_app_id: 'A0BENCH',
    team_id: team,
    team_domain: 'bench',
    channel_id: 'C0BENCH',
    channel_name: 'bench',
    user_id: 'U0ASKER',
    user_name: 'asker',
    command: '/auth',
    text,
    response_url: responseUrl,
    is_enterprise_install: 'false',
    trigger_id: randomUUID(),
  });
  return signed(body);
}

/** A request with this form as Slack would send it, signed now. */
export function signed(form: URLSearchParams) {
  const body = form.toString();
  const at = Math.floor(Date.now() / 1_000).toString();
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${signature}`,
  };
  return { method: 'POST' as const, path: '/slack/events', headers, body };
}

/** How one load went. */
export interface Load {
  /** The time of each acknowledgement, in milliseconds. */
  times: number[];
  /** Requests that were not answered with 200 within three seconds. */
  missed: number;
  /** From the first request to the last answer, in milliseconds; signing them beforehand is no part of it. */
  took: number;
}

/** Sends `count` commands over `connections` kept-alive connections, each after the one before. */
export async function sendCommands(
  url: string,
  count: number,
  connections: number,
  responseUrl: string,
  text = 'status',
): Promise<Load> {
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: 3_000 });
  const load: Load = { times: [], missed: 0, took: 0 };
  const queue = Array.from({ length: count }, () => command(text, responseUrl));
  const work = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const start = performance.now();
      const status = await statusOf(pool, next);
      if (status === 200) load.times.push(performance.now() - start);
      else load.missed += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, work));
  load.took = performance.now() - began;
  await pool.close();
  return load;
}

/** The status of the answer; 0 when there was none. */
export async function statusOf(pool: Pool, request: ReturnType<typeof command>): Promise<number> {
  try {
    const { statusCode, body } = await pool.request(request);
    await body.dump();
    return statusCode;
  } catch {
    return 0;
  }
}
