import type { FetchFunction } from '@slack/web-api';
import { Agent, Headers } from 'undici'; // Node's own is another copy of undici, and loading it takes longer

type Init = NonNullable<Parameters<FetchFunction>[1]>;

/** As the SDK calls it; bytes may be sent as well. */
export type PoolFetch = (
  url: Parameters<FetchFunction>[0],
  init?: Omit<Init, 'body'> & { body?: Init['body'] | Uint8Array },
) => ReturnType<FetchFunction>;

/**
 * The `fetch` that Slack's clients are given: undici's pool without the streams of the web platform,
 * which cost more than all the rest of a call. It follows no redirect.
 */
export function createPoolFetch(): PoolFetch {
  const pool = new Agent({ connections: 32, allowH2: false });
  return async (url, { method = 'GET', headers = {}, body, signal = null } = {}) => {
    if (typeof body === 'object' && body !== null && !(body instanceof Uint8Array)) {
      throw new TypeError('files go to the address that Slack gives');
    }
    const { origin, pathname, search } = new URL(url);
    const target = { origin, path: pathname + search, method: method as 'POST' };
    const response = await pool.request({ ...target, headers, body: body ?? null, signal });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    const status = response.statusCode;
    return {
      ok: status >= 200 && status < 300,
      status,
      statusText: response.statusText,
      url: String(url),
      headers: new Headers(response.headers as Record<string, string>),
      text: async () => bytes.toString(),
      json: async () => JSON.parse(bytes.toString()),
      arrayBuffer: async () => new Uint8Array(bytes).buffer,
    };
  };
}
