import type { Args } from '../http/read-arguments.ts';
import { textOf } from './arguments.ts';
import { ApiError } from './method.ts';

/** A part of a list, and where the next one begins (an empty cursor at the end). */
export interface Page<T> {
  items: T[];
  response_metadata: { next_cursor: string };
}

/** The part of `all` that `limit` and `cursor` ask for. Throws `invalid_limit` and `invalid_cursor`. */
export function pageOf<T>(all: readonly T[], args: Args, usual = 100, most = 1000): Page<T> {
  const limit = Number(textOf(args, 'limit') || usual);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new ApiError('invalid_limit');
  const start = startOf(textOf(args, 'cursor'));
  const end = start + limit;
  const next_cursor = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), response_metadata: { next_cursor } };
}

function startOf(cursor: string): number {
  if (cursor === '') return 0;
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new ApiError('invalid_cursor');
  return Number(match[1]);
}
