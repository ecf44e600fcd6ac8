import type { IncomingMessage } from 'node:http';

/** A request that is larger than the workspace takes. */
export class TooLarge extends Error {}

/** The raw body; throws {@link TooLarge} above `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw new TooLarge(`the body is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
