import type { Redis } from 'ioredis';
import { guardData } from '../guarded.ts';

/** Bytes that a reply may have: INFO of a busy server has a few thousand. */
const longestReply = 1_048_576;
const longestLine = 1_024;

/** Guards what a client receives: it throws where nobody can catch it at a null or a push it did not ask for. */
export function guard(client: Redis): void {
  client.on('connect', () => guardData(client.stream, plainReplies()));
}

/** Whether the bytes so far are strings, errors, whole numbers and bulk strings, as PING and INFO answer. */
export function plainReplies(): (chunk: Uint8Array) => boolean {
  let line = '';
  let bulkLeft = 0;

  const takeHead = (byte: number): boolean => {
    line += String.fromCharCode(byte);
    if (!'+-:$'.includes(line[0] ?? '') || line.length > longestLine) return false;
    if (byte !== lineFeed) return true;
    const length = bytesAfter(line);
    line = '';
    bulkLeft = length ?? 0;
    return length !== null;
  };

  return (chunk) => {
    for (let at = 0; at < chunk.length; at += 1) {
      const skipped = Math.min(bulkLeft, chunk.length - at);
      bulkLeft -= skipped;
      at += skipped;
      if (at < chunk.length && !takeHead(chunk[at] ?? 0)) return false;
    }
    return true;
  };
}

const lineFeed = 10;

/** How many bytes belong to the reply that starts with this line; null when it is no plain one. */
function bytesAfter(line: string): number | null {
  if (!line.startsWith('$')) return line.endsWith('\r\n') ? 0 : null;
  const length = /^\$(\d{1,7})\r\n$/.exec(line)?.[1];
  return length === undefined || Number(length) > longestReply ? null : Number(length) + 2;
}
