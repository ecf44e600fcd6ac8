import type { IncomingMessage } from 'node:http';
import { err, ok, type Result } from '../core/result.ts';

/** Reads the body of a request as it came; not more than `limit` bytes of it. Rejects when the sender goes away. */
export async function readRaw(
  request: IncomingMessage,
  limit: number,
): Promise<Result<Buffer, 'too-large'>> {
  if (Number(request.headers['content-length']) > limit) return err('too-large');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > limit) return err('too-large');
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks));
}

/**
 * What a body of Slack's holds: JSON, a form with JSON in its `payload`, or a form. Undefined when it
 * is none of them.
 */
export function parseRaw(raw: Buffer, contentType: string): unknown {
  const text = raw.toString('utf8');
  try {
    if (contentType.startsWith('application/json')) return JSON.parse(text);
    const form = Object.fromEntries(new URLSearchParams(text));
    return form.payload === undefined ? form : JSON.parse(form.payload);
  } catch {
    return undefined;
  }
}
