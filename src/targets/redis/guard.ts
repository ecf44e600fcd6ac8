import type { Redis } from 'ioredis';
import { guardData } from '../guarded.ts';

/** Bytes that a text may have: INFO of a busy server has a few thousand. */
const longestReply = 1_048_576;
const longestLine = 1_024;
/** Names that one answer to SCAN may hold: some more than were asked for. */
const mostNames = 10_000;

/** Guards what a client receives: it throws where nobody can catch it at a null or a push it did not ask for. */
export function guard(client: Redis): void {
  client.on('connect', () => guardData(client.stream, plainReplies()));
}

/**
 * Whether the bytes so far are strings, errors, whole numbers and bulk strings, as PING, INFO and UNLINK
 * answer, or what SCAN answers: a list of a bulk string and a list of bulk strings. No other list is let
 * through, however it is nested.
 */
export function plainReplies(): (chunk: Uint8Array) => boolean {
  let line = '';
  let bulkLeft = 0;
  let place: Place = { part: 'reply' };

  const takeHead = (byte: number): boolean => {
    line += String.fromCharCode(byte);
    if (!'+-:$*'.includes(line[0] ?? '') || line.length > longestLine) return false;
    if (byte !== lineFeed) return true;
    const read = readHead(line, place);
    line = '';
    bulkLeft = read?.bytes ?? 0;
    place = read?.next ?? place;
    return read !== null;
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

/** Where in a reply the next line stands. */
type Place =
  | { part: 'reply' | 'cursor' | 'list' }
  /** So many names are still to come. */
  | { part: 'names'; left: number };

interface Head {
  /** How many bytes belong to it after this line. */
  bytes: number;
  next: Place;
}

/** What a line means at this place; null when it may not stand there. */
function readHead(line: string, place: Place): Head | null {
  if (!line.endsWith('\r\n')) return null;
  const sign = line[0];
  if (sign === '$') return bulk(line, place);
  if (sign === '*') return list(line, place);
  return place.part === 'reply' ? { bytes: 0, next: place } : null;
}

function bulk(line: string, place: Place): Head | null {
  const length = /^\$(\d{1,7})\r\n$/.exec(line)?.[1];
  if (length === undefined || Number(length) > longestReply || place.part === 'list') return null;
  const bytes = Number(length) + 2;
  if (place.part === 'cursor') return { bytes, next: { part: 'list' } };
  return { bytes, next: place.part === 'names' ? namesLeft(place.left - 1) : place };
}

function list(line: string, place: Place): Head | null {
  const length = /^\*(\d{1,5})\r\n$/.exec(line)?.[1];
  if (length === undefined) return null;
  if (place.part === 'reply' && length === '2') return { bytes: 0, next: { part: 'cursor' } };
  if (place.part !== 'list' || Number(length) > mostNames) return null;
  return { bytes: 0, next: namesLeft(Number(length)) };
}

const namesLeft = (left: number): Place => (left > 0 ? { part: 'names', left } : { part: 'reply' });
