import type { IncomingMessage } from 'node:http';
import { err, ok, type Result } from '../../core/result.ts';

/**
 * Reads the body of a request as it came; not more than `limit` bytes of it. Rejects when the sender
 * goes away. By its events, since iterating over a stream costs more than all that is done with it.
 */
export function readRaw(
  request: IncomingMessage,
  limit: number,
): Promise<Result<Buffer, 'too-large'>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) return void chunks.push(chunk);
      request.off('data', take).pause();
      resolve(err('too-large'));
    };
    if (Number(request.headers['content-length']) > limit) return resolve(err('too-large'));
    request.once('error', reject).on('data', take);
    request.once('end', () =>
      resolve(ok(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))),
    );
  });
}

/**
 * What a body of Slack's holds: JSON, a form with JSON in its `payload`, or a form. Undefined when it
 * is none of them.
 */
export function parseRaw(raw: Buffer, contentType: string): unknown {
  const text = raw.toString('utf8');
  try {
    if (contentType.startsWith('application/json')) return JSON.parse(text);
    const form: Record<string, string> = {};
    new URLSearchParams(text).forEach((value, name) => {
      form[name] = value;
    });
    return form.payload === undefined ? form : JSON.parse(form.payload);
  } catch {
    return undefined;
  }
}
