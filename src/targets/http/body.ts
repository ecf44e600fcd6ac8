import type { Readable } from 'node:stream';
import { difference, type Json } from './difference.ts';

/** How much of an answer is read. A health endpoint that says more is not one. */
const longestBody = 64 * 1024;

/**
 * Reads the body to its end, so that the connection can be used again, and says how it differs from
 * what is expected; null when it does not, or nothing is expected.
 */
export async function unlikeness(
  body: Readable,
  expected: Json | undefined,
): Promise<string | null> {
  const text = await readText(body);
  if (expected === undefined) return null;
  if (text === null) return `the body is longer than ${longestBody / 1024} KiB`;
  const json = parse(text);
  return json === undefined ? 'the body is not JSON' : difference(json, expected);
}

/** The text of a body, or null when it has more bytes than that. */
export async function readText(body: Readable, most = longestBody): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) return null; // leaving the loop closes the connection
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
